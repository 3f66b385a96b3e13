import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { encodeText } from '@f2f/core'

/** Rows written at a time. */
const BATCH = 5_000
const OPENING = new Date('2026-01-01T01:00:00+08:00').getTime()
const OPEN_SECONDS = 70_000

const HEAD = [
  '#支付宝业务明细查询',
  '#账号：[20880000000000010156]',
  '#起始日期：[2026年01月01日 00:00:00]   终止日期：[2026年01月02日 00:00:00]',
  '#-----------------------------------------业务明细列表----------------------------------------',
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,' +
    '商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,' +
    '商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注',
]

/** Whole fen. */
export const billAmount = (index: number): number => 100 + ((index * 7_919) % 50_000)

export const orderNumber = (index: number): string => `order_${String(index).padStart(9, '0')}`

/** When the payment of this row was made; the day's payments lie evenly between one and eight in the evening. */
export const billMoment = (index: number, rows: number): Date =>
  new Date(OPENING + Math.floor((index * OPEN_SECONDS) / rows) * 1_000)

const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

const beijing = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

const line = (index: number, rows: number): string => {
  const [amount, at] = [yuan(billAmount(index)), beijing(billMoment(index, rows))]
  const store = index % 50
  return [
    `2026010122001${String(index).padStart(15, '0')}\t,${orderNumber(index)}\t,交易\t,商品${index % 100}号,${at},${at}`,
    `store_${store}\t,第${store}号店\t,op${index % 9}\t,t${index % 7}\t,*小明(138****0000)\t,${amount},${amount}`,
    '0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,\t,-0.06,0.00,',
  ].join(',')
}

/** Writes a day's bill in GBK with this many payments and proper totals. */
export const writeBill = async (path: string, rows: number): Promise<void> => {
  const file = createWriteStream(path)
  const write = async (lines: readonly string[]): Promise<void> => {
    if (!file.write(encodeText(`${lines.join('\r\n')}\r\n`, 'gbk'))) await once(file, 'drain')
  }
  await write(HEAD)
  let total = 0
  for (let first = 0; first < rows; first += BATCH) {
    const indices = Array.from({ length: Math.min(BATCH, rows - first) }, (_, offset) => first + offset)
    await write(indices.map((index) => line(index, rows)))
    total = indices.reduce((sum, index) => sum + billAmount(index), total)
  }
  await write([
    '#-----------------------------------------业务明细列表结束------------------------------------',
    `#交易合计：${rows}笔，商家实收共${yuan(total)}元，商家优惠共0.00元`,
    '#退款合计：0笔，商家实收退款共0.00元，商家优惠退款共0.00元',
    '#导出时间：[2026年01月02日 08:00:00]',
  ])
  file.end()
  await once(file, 'finish')
}
