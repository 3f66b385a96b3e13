import type { Language } from './page/words.ts'

/** What the documentation's page says about a case besides its figures. */
export interface Note {
  readonly question: string
  /** How it is measured; in English the case itself says it. */
  readonly how?: string
  readonly bounds: string
  /** For the slowest paths: what a profile showed, and the figures before and after what was done about it. */
  readonly profile?: string
}

/** By the case's id; every case has one in both languages. */
export const NOTES: Readonly<Record<string, Readonly<Record<Language, Note>>>> = {
  signing: {
    en: {
      question: 'How fast are requests signed?',
      bounds: 'The private-key operation of RSA 2048 in OpenSSL, on the threads of libuv. Nothing else is of its size.',
    },
    zh: {
      question: '请求签名有多快？',
      how: 'RSA2，2048 位，密钥只解析一次；alipay-sdk 用其唯一“只签名不发送”的方法签同样长的文本，在事件循环的同一轮里完成。openssl 在每个核上各用一个进程，对裸摘要签名。',
      bounds: 'OpenSSL 的 RSA 2048 私钥运算，在 libuv 的线程里进行；其他开销都远小于它。',
    },
  },
  'loop-delay': {
    en: {
      question: 'How long is the event loop held up when a thousand calls begin at once?',
      bounds:
        'What each call does on the loop’s own thread: building the request and reading the reply, and collecting the garbage of both. Signing and verifying happen on other threads and are handed over a few at a time, and what comes back in one turn is read in one turn.',
    },
    zh: {
      question: '一千次调用同时开始时，事件循环会被占住多久？',
      how: '在一千次调用进行时，一个 1 毫秒的定时器最多被耽搁多久。目标只针对签名。机器上的其他活动也会拉长等待；“什么都不做”和单独的 node:crypto（一千次一并交出）说明这部分有多大。',
      bounds:
        '每次调用在事件循环自己的线程上所做的事：组装请求、读取应答、以及回收两者的内存。签名和验签在别的线程上进行，每次只交出少量；同一轮里回来的，就在同一轮里读完。',
    },
  },
  query: {
    en: {
      question: 'How many queries can one process make?',
      bounds:
        'One signature, one exchange over node:http and one verification; the limit row does only these. The rest is building and checking the request and reading the reply.',
      profile:
        'Of 323 µs of processor time for a query (all threads, quietest samples) signing takes 240, node:http 40, verifying 18 and everything that is f2f 25: some 7 build and check the request, 8 read the reply, find the text that is signed and compare it, the rest is waiting in order and collecting garbage. The limit row takes 289, so no client that verifies could be more than an eighth faster. Handing two signatures to each thread at once let threads run dry while the loop was busy; with four, f2f / limit went from 0.80 to 0.86 and signing / openssl from 0.85 to 0.87 (medians of four and three quiet runs), and the longest wait beside a thousand queries from 5.5 to 10 ms.',
    },
    zh: {
      question: '一个进程每秒能做多少次查询？',
      how: '服务器在另一个进程里，不签名，只发回事先签好的同一个应答。f2f 每次都验签；alipay-sdk 默认不验。',
      bounds: '一次签名、一次 node:http 往返、一次验签；“极限”一行只做这三件事。其余是组装和检查请求、读取应答。',
      profile:
        '每次查询所有线程共用处理器 323 微秒（取最安静的样本）：签名 240，node:http 40，验签 18，属于 f2f 的一切 25，其中组装和检查请求约 7，读取应答、找出被签名的文本并核对约 8，其余是排队和回收内存。“极限”一行用 289，因此任何要验签的客户端最多只能再快八分之一。原先每个线程一次只交给两个签名，循环忙时线程会闲下来；改为四个之后，f2f / 极限从 0.80 升到 0.86，签名 / openssl 从 0.85 升到 0.87（分别为四次和三次安静运行的中位数），一千次查询时最长的等待则从 5.5 毫秒变为 10 毫秒。',
    },
  },
  notify: {
    en: {
      question: 'How fast are notifications verified?',
      bounds: 'The public-key operation of RSA 2048, then the hand-over to and from another thread, then parsing.',
    },
    zh: {
      question: '异步通知验签有多快？',
      how: '两者都从表单编码的正文开始：f2f 用自己的解析器，alipay-sdk 先经 node:querystring。“极限”一行的待验文本已经备好。',
      bounds: 'RSA 2048 的公钥运算，其次是与另一线程之间的交接，再次是解析。',
    },
  },
  known: {
    en: {
      question: 'How long after the buyer confirmed does the till know?',
      bounds:
        'By query: the five seconds between two queries, which Alipay’s guide advises; on average half of them pass. By notification: one verification and one commit after the network. With a notification address both run, and the first wins.',
    },
    zh: {
      question: '顾客确认后，收银台多久知道？',
      how: '四个进程各自收款，在模拟器（另一进程）上按同一组带种子的时刻开始和确认。从发出确认之前，到收款的那次调用返回为止。每一组付款（完整运行为一百笔）给出一个样本。',
      bounds:
        '靠查询：两次查询之间的五秒（支付宝文档的建议），平均要等一半。靠通知：网络之后只有一次验签和一次提交。配置了通知地址时两者并行，先到者算数。',
    },
  },
  cpu: {
    en: {
      question: 'How much processor time do a thousand payments take?',
      bounds:
        'The signature, then node:http. A store adds two commits for each payment; the peer parses its key and converts names in every call.',
    },
    zh: {
      question: '一千笔付款要多少处理器时间？',
      how: '收款进程所有线程的处理器时间，32 个调用者，先用 200 笔预热。网关（另一进程，立即付成）和 PostgreSQL 自己的进程不计。对照按 alipay-sdk 的默认方式不验签，也不记账。',
      bounds: '签名，其次是 node:http。存储使每笔付款多两次提交；对照每次调用都要解析密钥、转换字段名。',
    },
  },
  'cold-import': {
    en: {
      question: 'How long does loading take?',
      bounds:
        'Compiling the package’s own 240 KB takes half of it, finding and reading its three files most of the rest; what Node has to offer is loaded on first use. Shorter names would take a tenth off, and make every stack trace unreadable.',
    },
    zh: {
      question: '加载要多久？',
      how: '构建好的包，各在一个新进程里，从导入之前到导入完成；文件已在页缓存中。',
      bounds:
        '一半用于编译包自己的 240 KB，其余主要用于找到并读取它的三个文件；Node 自带的模块到首次使用时才加载。缩短名字可以再省一成，但调用栈就无法阅读了。',
    },
  },
  install: {
    en: {
      question: 'What does an installation put on the disk?',
      bounds:
        'Of @f2f/core, the source maps and types of both module forms; with SQLite, the driver’s own sources and binaries.',
    },
    zh: {
      question: '安装会在磁盘上放下什么？',
      how: '文件大小之和：我们的包按将要发布的内容，别人的包按包管理器解开的内容；同名同版本只算一次，连同一切依赖。',
      bounds: '@f2f/core 主要是两种模块格式的源码映射和类型；带 SQLite 时主要是驱动自己的源码和二进制。',
    },
  },
  bundle: {
    en: {
      question: 'How large is a bundle?',
      bounds: 'Our own code alone: neither package has dependencies.',
    },
    zh: {
      question: '打包后有多大？',
      how: '用 esbuild 打包并压缩为 ES 模块，再以 9 级 gzip；Node 自带的不计。createCashier 是完整的收款流程，alipay-sdk 没有；pos-scanner 还认得付款码、输入法和焦点所在。',
      bounds: '只有我们自己的代码：两个包都没有依赖。',
    },
  },
  heap: {
    en: {
      question: 'What does a waiting payment hold in memory?',
      bounds:
        'The payment itself with its history. All payments share one timer; by hand each has its own, and holds nothing that could be listed or recovered.',
    },
    zh: {
      question: '一笔等待中的付款占多少内存？',
      how: '内存存储，每笔都带历史；完整回收之后的堆，减去之前已有的。手写的每笔只是一个挂起的调用加一个定时器，不能查、不能列、不能恢复。',
      bounds: '付款本身及其历史。所有付款共用一个定时器；手写的每笔各用一个，也没有任何可列出或恢复的东西。',
    },
  },
  'journal-sqlite': {
    en: {
      question: 'How many journalled payments does SQLite take?',
      bounds:
        'Two durable commits for each payment on one writer, or the signature, whichever is slower on the machine.',
    },
    zh: {
      question: '用 SQLite 记账，每秒能收多少笔？',
      how: '完整路径。网关在另一进程，立即应答并签名。极限取两者中较慢的：原始驱动做同样两次提交，或不带存储的同一路径。',
      bounds: '每笔两次落盘提交（只有一个写者），或签名；取决于机器上哪个更慢。',
    },
  },
  'journal-postgres': {
    en: {
      question: 'How many journalled payments does PostgreSQL take?',
      bounds:
        'Two round trips and two durable commits for each payment, and the processor that the server shares with us here.',
      profile:
        'A payment takes 0.5 ms of our processor time without a store and 0.96 with PostgreSQL, and 0.43 ms of the server’s: two cores have room for a thousand or so each second, and that is what is measured. The two writes alone take 0.22 ms of ours and 0.27 of the server’s, those of the raw driver 0.09 and 0.14, with three columns in place of 34, one index in place of seven and no line of history. The rest is sockets, waking up and garbage. What could be taken was: one statement for payment, history and refunds instead of a transaction, prepared once for each connection, which took a third off a write.',
    },
    zh: {
      question: '用 PostgreSQL 记账，每秒能收多少笔？',
      how: '完整路径。网关在另一进程，立即应答并签名。极限取两者中较慢的：原始驱动做同样两次提交，或不带存储的同一路径。',
      bounds: '每笔两次往返和两次落盘提交，以及在这台机器上与我们共用处理器的数据库服务器。',
      profile:
        '不带存储时每笔付款用我们的处理器 0.5 毫秒，用 PostgreSQL 时 0.96 毫秒，另加服务器的 0.43 毫秒：两个核每秒只容得下一千笔左右，测到的正是如此。单独的两次写入用我们 0.22 毫秒、服务器 0.27 毫秒；原始驱动是 0.09 和 0.14，但它只有 3 列而不是 34 列，1 个索引而不是 7 个，也没有历史记录。其余是套接字、唤醒和内存回收。能省的已经省下：付款、历史和退款写成一条语句而不是一个事务，每个连接只预编译一次，一次写入因此少用三分之一的时间。',
    },
  },
  recovery: {
    en: {
      question: 'How long does a start with many unfinished payments take?',
      bounds: 'Reading the rows of unfinished payments in pages and planning a wake-up for each.',
    },
    zh: {
      question: '带着许多未完成付款启动要多久？',
      how: '从调用 recover() 到它返回为止：每一笔都已排好，且都未到期。每次各在一个新进程里；堆在另一个进程里测，不计可释放的部分。',
      bounds: '分页读取未完成付款的行，并为每一笔安排唤醒。',
    },
  },
  workers: {
    en: {
      question: 'Do more workers settle more payments?',
      bounds:
        'The cores: gateway, queue, database and workers share this machine, so it shows at most what two cores allow.',
    },
    zh: {
      question: '工作进程越多，结清得越快吗？',
      how: 'PostgreSQL 与 BullMQ（Redis）。每笔被唤醒、查询、验签、提交。网关、数据库和工作进程共用这台机器。',
      bounds: '核数：网关、队列、数据库和工作进程共用这台机器，最多只能显示这些核所允许的。',
    },
  },
  reconcile: {
    en: {
      question: 'How fast is a bill reconciled?',
      bounds: 'The CSV library, then our own rows, which are matched through files so that memory does not grow.',
    },
    zh: {
      question: '对账有多快？',
      how: '各在自己的进程里，从 GBK 文件读，我们的行逐条给出。“单独”只解析，不做别的：极限。',
      bounds: 'CSV 库，其次是我们自己的行；匹配经由文件进行，内存因此不增长。',
    },
  },
  'reconcile-memory': {
    en: {
      question: 'How much memory does reconciling take?',
      bounds:
        'Node itself, and the nursery of its heap. Ten times the rows add some 40 MiB from a million on: parts that are too long are dealt again, and the old space grows by what that leaves to be collected.',
    },
    zh: {
      question: '对账要多少内存？',
      how: '整个进程的峰值，含 Node 自己（约 45 MiB）。测一次。',
      bounds:
        'Node 自己和它的新生代堆。从一百万行起，行数增加到十倍约多用 40 MiB：过长的部分要再分一次，老生代随其留下的待回收对象而增长。',
    },
  },
  scanner: {
    en: {
      question: 'Are scans told from typing?',
      bounds: 'Nothing that a person could feel: a key takes microseconds.',
    },
    zh: {
      question: '能分清扫码和打字吗？',
      how: '在模拟页面上用生成的按键时序，没有真实设备。处理器时间是每个按键在页面自身之外的部分。',
      bounds: '没有人能察觉的瓶颈：每个按键只要微秒级时间。',
    },
  },
  'http-notify': {
    en: {
      question: 'What do the adapters cost on POST /notify?',
      bounds: 'The verification, then the framework itself; the bare server of each framework does both.',
      profile:
        'Nest on Fastify, on the event loop’s own thread, idle time left out: handing the verification to another thread and back takes half, writing to the socket a sixth, parsing, checking and looking up a notification an eighth, Node’s HTTP a twelfth, collecting garbage 3 %, f2f’s HTTP layer 2 %, its adapter 1 %, Fastify and Nest 1 % each. The bare server does the first two alike and spends as much on its body parser as f2f on half of its checks. Before, every request outlived its answer until the whole heap was collected (a getter in an object literal has a hidden class of its own each time; a WeakMap from a request to what refers to it holds both), so a scavenge took 4 to 28 ms instead of half a one: by the lowest samples, µs of processor time for each request, bare Node 61 before and 53 after beside 52 without f2f, Nest on Fastify 82 and 64 beside 52; p99 on bare Node 9.5 ms and 3.2 beside 3.2.',
    },
    zh: {
      question: '各适配器在 POST /notify 上的代价？',
      how: '对内存中的一笔付款反复发送真实通知。“裸”：同一框架自己解析、在事件循环外验签一次并应答。',
      bounds: '验签，其次是框架本身；每个框架的裸服务器也做这两件事。',
      profile:
        'Nest + Fastify，只看事件循环自己的线程，不计空闲：把验签交给别的线程并取回占一半，写套接字占六分之一，解析、核对和查找通知占八分之一，Node 的 HTTP 占十二分之一，回收内存 3 %，f2f 的 HTTP 层 2 %，适配器 1 %，Fastify 和 Nest 各 1 %。裸服务器同样要做前两件事，它的正文解析器所花的约为 f2f 核对所花的一半。改动前，每个请求都要到整个堆回收时才被释放（对象字面量里的 getter 每次都产生新的隐藏类；WeakMap 的值又指回键时两者都留住），一次新生代回收要 4 到 28 毫秒，而不是半毫秒。按各自最低的样本，每个请求的处理器微秒数：裸 Node 从 61 降到 53（不用 f2f 为 52），Nest + Fastify 从 82 降到 64（不用 f2f 为 52）；裸 Node 上 p99 从 9.5 毫秒降到 3.2（不用 f2f 为 3.2）。',
    },
  },
  'http-payments': {
    en: {
      question: 'What do the adapters cost on POST /payments?',
      bounds: 'One signature and one verification for each payment, then the framework itself.',
    },
    zh: {
      question: '各适配器在 POST /payments 上的代价？',
      how: '每次一笔新付款：记入内存、签名、验签应答、结清；支付宝一方不计代价。',
      bounds: '每笔一次签名和一次验签，其次是框架本身。',
    },
  },
  streams: {
    en: {
      question: 'What do open event streams cost?',
      bounds:
        'The socket and Node’s own request and response objects. A stream that has nothing to say takes no time of its own, but is part of the heap that is collected: the slowest hundredth of other requests takes some tenths of a millisecond more.',
      profile:
        'By heap snapshots, what f2f held for a stream was mostly suspended functions: two async generators, three async functions, their promises and contexts, two AbortControllers, the text of the last event in two of them, and the headers that had been sent. Now one generator and one async function wait, one AbortController ends them, nothing holds the last event’s text, and headers are written, not set: 12.6 KB each before and 10.2 after, of which a bare stream of Node’s holds 5.0. What is left is the watch itself, the heartbeat’s timer and the callbacks between them.',
    },
    zh: {
      question: '打开的事件流要付出什么？',
      how: '完整回收之后的堆和缓冲，减去之前已有的。p99 是另一条路由的，旁边是有同样付款而没有事件流的进程。',
      bounds:
        '套接字以及 Node 自己的请求和应答对象。没有消息可发的流自己不占时间，但属于要回收的堆：其他请求中最慢的百分之一会多用零点几毫秒。',
      profile:
        '按堆快照，f2f 为一条事件流占住的主要是挂起的函数：两个异步生成器、三个异步函数、它们的 Promise 和上下文、两个 AbortController、留在其中两处的上一条消息的文本，以及已发出的头。现在只有一个生成器和一个异步函数在等，由一个 AbortController 结束，没有什么留住上一条消息的文本，头直接写出而不再设置：每条从 12.6 KB 降到 10.2 KB，其中 Node 的裸事件流占 5.0。剩下的是观察本身、心跳定时器和其间的回调。',
    },
  },
}
