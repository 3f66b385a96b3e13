/** Bills of our own making, in the layouts of protocol §9. */

export const TRADE_HEADER =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,' +
  '商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,' +
  '商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注'

export const ACCOUNT_HEADER =
  '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,' +
  '交易渠道,业务类型,备注'

const NOTHING = '0.00'

export interface TradeLine {
  readonly tradeNo?: string
  readonly outTradeNo?: string
  readonly type?: string
  readonly subject?: string
  readonly created?: string
  readonly finished?: string
  readonly amount?: string
  readonly receipt?: string
  readonly discount?: string
  readonly request?: string
  readonly fee?: string
  readonly remark?: string
}

/** One line of a trade bill. */
export const tradeLine = (line: TradeLine = {}): string => {
  const amount = line.amount ?? '10.00'
  return [
    `${line.tradeNo ?? '2026010122001400000000000001'}\t`,
    `${line.outTradeNo ?? 'T1'}\t`,
    `${line.type ?? '交易'}\t`,
    line.subject ?? '咖啡',
    line.created ?? '2026-01-01 10:00:00',
    line.finished ?? '2026-01-01 10:00:05',
    'S1\t,一店\t,op\t,t1\t,*小明(138****0000)\t',
    amount,
    line.receipt ?? amount,
    ...Array<string>(3).fill(NOTHING),
    line.discount ?? NOTHING,
    NOTHING,
    '',
    `${NOTHING}\t`,
    NOTHING,
    `${line.request ?? ''}\t`,
    line.fee ?? '-0.06',
    NOTHING,
    line.remark ?? '',
  ].join(',')
}

export interface Sheet {
  readonly title?: string
  readonly header?: string
  readonly lines?: readonly string[]
  readonly foot?: readonly string[]
  /** Put after every `#` line. */
  readonly tail?: string
  readonly eol?: string
}

/** A whole sheet. */
export const sheetText = ({
  title = '业务明细',
  header = TRADE_HEADER,
  lines = [],
  foot,
  tail = '',
  eol = '\r\n',
}: Sheet) =>
  [
    `#支付宝${title}查询${tail}`,
    `#账号：[20880000000000010156]${tail}`,
    `#起始日期：[2026年01月01日 00:00:00]   终止日期：[2026年01月02日 00:00:00]${tail}`,
    `#-----------------------------------------${title}列表----------------------------------------${tail}`,
    header,
    ...lines,
    `#-----------------------------------------${title}列表结束------------------------------------${tail}`,
    ...(foot ?? []).map((line) => `${line}${tail}`),
    `#导出时间：[2026年01月02日 08:00:00]${tail}`,
    '',
  ].join(eol)

export const tradeFoot = (payments: number, received: string, refunds: number, returned: string): readonly string[] => [
  `#交易合计：${payments}笔，商家实收共${received}元，商家优惠共0.00元`,
  `#退款合计：${refunds}笔，商家实收退款共${returned}元，商家优惠退款共0.00元`,
]

export const accountFoot = (expenses: number, expense: string, incomes: number, income: string): readonly string[] => [
  `#支出合计：${expenses}笔，共${expense}元`,
  `#收入合计：${incomes}笔，共${income}元`,
]
