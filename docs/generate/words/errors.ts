import type { F2fErrorCode } from '@f2f/core'

interface ErrorWords {
  readonly when: string
  readonly advice: string
}

/** When each code is given and what to do then, in Chinese. In English both are in core's own table. */
export const ERROR_WORDS: Readonly<Record<F2fErrorCode, ErrorWords>> = {
  CONFIG_INVALID: { when: '某个配置项缺失、互相矛盾或无法使用。', advice: '改正配置。' },
  CONFIG_KEY_INVALID: {
    when: '给出的内容读不出密钥。',
    advice: '给出 PEM 或裸 Base64 的 RSA 密钥（PKCS#1、PKCS#8 或 SPKI）。',
  },
  CONFIG_KEY_KIND: { when: '该填私钥处填了公钥，或相反。', advice: '换成密钥对的另一半。' },
  CONFIG_KEY_TOO_SHORT: {
    when: '密钥位数少于签名类型的要求。',
    advice: 'RSA2 至少需要 2048 位，RSA 至少 1024 位，请重新生成密钥。',
  },
  CONFIG_OWN_PUBLIC_KEY: {
    when: '填成了应用公钥，而不是支付宝公钥。',
    advice: '到控制台复制支付宝公钥，不是应用公钥。',
  },
  CONFIG_CERTIFICATE_INVALID: {
    when: '证书读不出，或根证书文件里没有 RSA 签名的证书。',
    advice: '到支付宝控制台重新下载证书。',
  },
  CONFIG_ENCRYPT_KEY_INVALID: {
    when: '接口内容加密密钥不是 Base64 的 AES 密钥。',
    advice: '填写支付宝控制台显示的 Base64 AES 密钥。',
  },
  REQUEST_INVALID: { when: '调用的某个字段不合规则；`details.field` 指出是哪个。', advice: '改正该字段后再调用。' },
  REQUEST_UNENCODABLE: { when: '某个字符在所配字符集中不存在。', advice: '去掉该字符，或改用 utf-8。' },
  REQUEST_ABORTED: { when: '发出之前，调用方已中止。', advice: '需要时再次调用。' },
  REQUEST_SIGN_FAILED: { when: '签名器（如 KMS）没有给出签名。', advice: '检查签名器（KMS 或 HSM）后再次调用。' },
  NOT_SENT: { when: '与网关的连接没有建立。', advice: '检查网络和网关地址后再次调用。' },
  UNKNOWN_TIMEOUT: { when: '规定时间内没有收到完整应答。', advice: '先向支付宝查询，再做其他事。' },
  UNKNOWN_ABORTED: { when: '等待应答时，调用方中止。', advice: '先向支付宝查询，再做其他事。' },
  UNKNOWN_CONNECTION_LOST: { when: '请求可能已发出，连接中断。', advice: '先向支付宝查询，再做其他事。' },
  UNKNOWN_HTTP_STATUS: {
    when: '网关或其前面的设备返回了不算应答的 HTTP 状态。',
    advice: '先向支付宝查询，再做其他事。',
  },
  REPLY_TOO_LARGE: { when: '应答大得不合常理。', advice: '先向支付宝查询，再做其他事。' },
  REPLY_UNREADABLE: { when: '应答不是预期格式的 JSON。', advice: '先向支付宝查询，再做其他事。' },
  REPLY_DUPLICATE_MEMBER: { when: '应答中有重复的字段。', advice: '可能有人伪造应答：检查网络链路。' },
  REPLY_UNSIGNED: { when: '应答表示成功，却没有签名。', advice: '先向支付宝查询，再做其他事。' },
  REPLY_UNSIGNED_PROBLEM: {
    when: '没有签名的错误应答，例如应用不存在；`details` 里有子错误码。',
    advice: '检查应用 ID 和密钥，然后查询。',
  },
  REPLY_BAD_SIGNATURE: { when: '应答的签名与支付宝公钥不符。', advice: '检查所配支付宝公钥是否属于这个应用。' },
  REPLY_UNTRUSTED_CERTIFICATE: { when: '应答所用证书追溯不到所配根证书。', advice: '到控制台重新下载支付宝证书。' },
  REPLY_UNDECRYPTABLE: { when: '应答内容无法解密。', advice: '检查 AES 密钥，然后向支付宝查询。' },
  REPLY_MISMATCH: { when: '应答为真，但说的是另一笔订单。', advice: '可能有人重放应答：检查网络链路。' },
  NOTIFY_MALFORMED: { when: '通知不是支付宝发送的表单格式。', advice: '回答 fail；真通知支付宝会再次发送。' },
  NOTIFY_DUPLICATE_KEY: { when: '通知中有重复的字段名。', advice: '回答 fail；真通知不会有重复字段。' },
  NOTIFY_BAD_SIGNATURE: { when: '通知的签名与支付宝公钥不符。', advice: '回答 fail；检查支付宝公钥是否正确。' },
  NOTIFY_BODY_PARSED: {
    when: '请求体已被解析，验签所需的原始字节没有了。',
    advice: '把通知处理挂在请求体解析之前，或传入原始字节。',
  },
  NOTIFY_UNKNOWN_ORDER: { when: '通知为真，但账本里没有这个订单号。', advice: '回答 fail；账本里没有这个订单号。' },
  NOTIFY_AMOUNT_MISMATCH: {
    when: '通知为真，但金额与订单不符。',
    advice: '回答 fail，并查看这笔订单：金额不是我们的。',
  },
  NOTIFY_SELLER_MISMATCH: { when: '通知为真，但收款方是别人。', advice: '回答 fail：钱到了别的收款方。' },
  NOTIFY_APP_MISMATCH: { when: '通知为真，但属于另一个应用。', advice: '回答 fail：这条通知属于另一个应用。' },
  STORE_UNAVAILABLE: {
    when: '数据库连不上或磁盘已满；写入仍可能已完成。',
    advice: '恢复数据库；未完成的交易会自行继续。',
  },
  STORE_CONTENDED: { when: '同一笔交易同时有太多写入。', advice: '再次调用。' },
  STORE_SCHEMA_OUTDATED: { when: '表不存在，或比当前版本要求的旧。', advice: '运行一次 migrate()，例如在部署时。' },
  STORE_SCHEMA_NEWER: { when: '表已被更新的版本改过。', advice: '使用改表的那个 @f2f/sql 版本或更高版本。' },
  STORE_UNDECRYPTABLE: { when: '商户令牌是用别的密钥写入的，或被改动过。', advice: '给出写入时的密钥，与新密钥并列。' },
  PAYMENT_NOT_FOUND: { when: '没有这个订单号的交易。', advice: '检查订单号。' },
  PAYMENT_CONFLICT: { when: '订单号已被另一笔不同内容的交易使用。', advice: '新的交易用新的订单号。' },
  PAYMENT_NOT_REFUNDABLE: { when: '对未支付的交易退款。', advice: '只有已支付的交易才能退款。' },
  REFUND_TOO_MUCH: { when: '退款合计将超过已付金额。', advice: '退款不超过剩余可退金额。' },
  REFUND_CONFLICT: { when: '退款单号已用于另一笔不同金额的退款。', advice: '新的退款用新的退款单号。' },
  REFUND_NOT_FOUND: { when: '没有这个退款单号。', advice: '检查退款单号。' },
  WAIT_ABORTED: { when: '调用方不再等待这笔交易。', advice: '交易会自行继续；用 find 或 watch 查看。' },
  WAIT_CASHIER_CLOSED: { when: '等待交易时收银端关闭了。', advice: '重启后交易继续；用 find 查看。' },
  CASHIER_CLOSED: { when: '调用了已关闭的收银端。', advice: '调用未关闭的收银端。' },
  HTTP_ROUTE_NOT_FOUND: { when: '没有这个地址的接口。', advice: '检查地址；openapi.json 列出全部接口。' },
  HTTP_METHOD_NOT_ALLOWED: { when: '接口存在，但不支持这个方法。', advice: '使用 Allow 头中列出的方法。' },
  HTTP_BODY_TOO_LARGE: { when: '请求体超过 `maxBodyBytes`。', advice: '发送更小的请求体。' },
  HTTP_BODY_NOT_JSON: {
    when: '请求体没有声明为 UTF-8 的 JSON。',
    advice: '以 content-type application/json 发送 UTF-8 的 JSON。',
  },
  HTTP_BODY_MALFORMED: { when: '请求体不是一个 JSON 对象。', advice: '发送一个 UTF-8 的 JSON 对象。' },
  HTTP_BODY_CONSUMED: {
    when: '在处理函数之前，请求体已被读走。',
    advice: '把处理函数挂在请求体解析之前，或在 req.rawBody 保留原始字节（Nest：rawBody: true）。',
  },
  AUTH_REQUIRED: { when: '没有带令牌。', advice: '带上有效的令牌。' },
  AUTH_INVALID: {
    when: '令牌或证明是伪造的、被改过、已过期或已吊销；应答不说明是哪一种。',
    advice: '换取新令牌，或重新签一个证明。',
  },
  AUTH_FORBIDDEN: { when: '令牌没有这个权限。', advice: '使用有此权限的令牌。' },
  AUTH_REFUND_LIMIT: { when: '退款超过终端限额。', advice: '由限额更高的人退款。' },
  AUTH_UNAVAILABLE: { when: '取不到用来校验令牌的公钥。', advice: '恢复发布公钥的地址。' },
  AUTH_TOO_MANY_ATTEMPTS: { when: '错误的注册码或证明太多。', advice: '按 Retry-After 头等待后再试。' },
  ENROLMENT_REFUSED: { when: '终端的一次性注册码错误、已用过或已过期。', advice: '让后端重新出示一个注册码。' },
  AUTHORISATION_STATE_INVALID: {
    when: '商户从支付宝返回时，地址不是发出的那个，或已超时。',
    advice: '让商户从新的起始地址重新开始。',
  },
  AUTHORISATION_REFUSED: { when: '支付宝不接受授权码或刷新令牌。', advice: '让商户重新授权。' },
  AUTHORISATION_MISMATCH: {
    when: '商户这次用的支付宝账号与之前不同。',
    advice: '让商户用原来的支付宝账号授权，或给另一个账号单独的 merchantId。',
  },
  BILL_REFUSED: { when: '支付宝不提供这份账单。', advice: '检查账单类型、日期，以及应用有无账单权限。' },
  BILL_UNAVAILABLE: { when: '账单尚未生成。', advice: '几分钟后再取。' },
  BILL_LINK_REFUSED: {
    when: '账单链接不是支付宝的主机，或不是 https。',
    advice: '什么都没有下载：账单只经 https 从支付宝主机获取。',
  },
  BILL_DOWNLOAD_FAILED: { when: '下载反复中断。', advice: '重新下载；已下载的部分会保留。' },
  BILL_TOO_LARGE: { when: '账单（压缩或解压后）超过上限。', advice: '如果账单真有这么大，调高上限。' },
  BILL_ARCHIVE_INVALID: { when: '文件不是 zip，或已损坏。', advice: '重新下载账单。' },
  BILL_ARCHIVE_UNSAFE: {
    when: '压缩包中有账单不会有的路径或大小。',
    advice: '不要打开这个文件：它不是支付宝生成的样子。',
  },
  BILL_ENCODING: { when: '文本不是 GBK 编码。', advice: '使用支付宝原始的 GBK 文件，不要用别的程序另存过的。' },
  BILL_FORMAT: { when: '列与账单不符。', advice: '使用支付宝原始的文件；若确是原始文件，则是尚不认识的版式。' },
  BILL_TRUNCATED: { when: '账单缺了结尾。', advice: '重新下载账单：它缺了结尾。' },
  BILL_TOTALS_MISMATCH: { when: '各行之和与账单末尾的合计不符。', advice: '重新下载账单：各行之和与自身合计不符。' },
  BILL_MISMATCH: { when: '是另一天、另一类型或另一账号的账单。', advice: '给出当天、该类型、该账号的账单。' },
  RECONCILIATION_NOT_FOUND: { when: '这一天还没有对过账。', advice: '先对当天的账。' },
  HEARTBEAT_REFUSED: { when: '支付宝拒绝了心跳。', advice: '检查终端编号，以及网关是否为心跳网关。' },
  INTERNAL_ERROR: { when: '意料之外的错误；原因在日志里，不在应答里。', advice: '先查看这笔交易，再做其他事。' },
}
