import { SimulatedClock } from '@f2f/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Simulator, SimulatorBillOptions } from '../../src/index.ts'
import { readBill } from '../support/bill.ts'
import { ask, call, payment } from '../support/call.ts'
import { SELLER_ID } from '../support/keys.ts'
import { DAY, HOUR, T0 } from '../support/ledger.ts'
import { makeSimulator, newCode } from '../support/simulator.ts'

let clock: SimulatedClock
let simulator: Simulator
beforeEach(() => {
  clock = new SimulatedClock(T0)
})
afterEach(() => simulator.close())

const start = (bills: SimulatorBillOptions = {}) => {
  simulator = makeSimulator({ clock, bills })
}
const askFor = (bill_type: string, bill_date: string) =>
  call(simulator, 'alipay.data.dataservice.bill.downloadurl.query', { bill_type, bill_date })
const fetchBill = (url: string) => simulator.fetch(new Request(url))
const download = async (type: string, date: string) => {
  const { node } = await askFor(type, date)
  const response = await fetchBill(node.bill_download_url)
  return readBill(new Uint8Array(await response.arrayBuffer()))
}
const pay = (outTradeNo: string, total_amount: string, changes = {}) =>
  ask(
    simulator,
    'pay',
    payment(outTradeNo, newCode('00'), {
      total_amount,
      operator_id: 'op',
      terminal_id: 't1',
      body: '备注',
      ...changes,
    }),
  )
const refund = (out_trade_no: string, refund_amount: string, out_request_no: string) =>
  ask(simulator, 'refund', { out_trade_no, refund_amount, out_request_no })

/** A day with two payments in two stores, a part refunded, one cancelled, one never paid. */
const busyDay = async () => {
  start()
  const first = await pay('a_1', '100.00')
  await clock.advance(HOUR)
  await refund('a_1', '30.00', 'r_1')
  const second = await pay('a_2', '50.50', { store_id: 'store_2', subject: '茶,大杯 🍵' })
  await ask(simulator, 'cancel', { out_trade_no: 'a_2' })
  await ask(simulator, 'pay', payment('a_3', newCode('09')))
  await clock.advance(DAY)
  return { first: first.trade_no, second: second.trade_no }
}

test('trade: the archive, its names and the detail, byte for byte as documented', async () => {
  const { first, second } = await busyDay()
  const [detail, summary, ...others] = await download('trade', '2026-01-01')
  expect(others).toEqual([])
  expect(detail).toMatchObject({ name: `${SELLER_ID}0156_20260101_业务明细.csv`, isFlaggedUtf8: false })
  expect(summary).toMatchObject({ name: `${SELLER_ID}0156_20260101_业务明细(汇总).csv`, isFlaggedUtf8: false })
  expect(detail?.lines).toEqual([
    '#支付宝业务明细查询',
    `#账号：[${SELLER_ID}0156]`,
    '#起始日期：[2026年01月01日 00:00:00]   终止日期：[2026年01月02日 00:00:00]',
    '#-----------------------------------------业务明细列表----------------------------------------',
    '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注',
    `${first}\t,a_1\t,交易\t,咖啡,2026-01-01 08:00:00,2026-01-01 08:00:00,store_1\t,store_1\t,op\t,t1\t,*小明(138****0000)\t,100.00,100.00,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,\t,-0.60,0.00,备注`,
    `${first}\t,a_1\t,退款\t,咖啡,2026-01-01 08:00:00,2026-01-01 09:00:00,store_1\t,store_1\t,op\t,t1\t,*小明(138****0000)\t,-30.00,-30.00,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,r_1\t,0.18,0.00,备注`,
    `${second}\t,a_2\t,交易\t,茶，大杯 ?,2026-01-01 09:00:00,2026-01-01 09:00:00,store_2\t,store_2\t,op\t,t1\t,*小明(138****0000)\t,50.50,50.50,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,\t,-0.30,0.00,备注`,
    `${second}\t,a_2\t,退款\t,茶，大杯 ?,2026-01-01 09:00:00,2026-01-01 09:00:00,store_2\t,store_2\t,op\t,t1\t,*小明(138****0000)\t,-50.50,-50.50,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,a_2\t,0.30,0.00,备注`,
    '#-----------------------------------------业务明细列表结束------------------------------------',
    '#交易合计：2笔，商家实收共150.50元，商家优惠共0.00元',
    '#退款合计：2笔，商家实收退款共-80.50元，商家优惠退款共0.00元',
    '#导出时间：[2026年01月02日 09:00:00]',
  ])
  expect(summary?.lines).toEqual([
    '#支付宝业务汇总查询',
    `#账号：[${SELLER_ID}0156]`,
    '#起始日期：[2026年01月01日 00:00:00]   终止日期：[2026年01月02日 00:00:00]',
    '#-----------------------------------------业务汇总列表----------------------------------------',
    '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）',
    'store_1\t,store_1\t,1,1,70.00,70.00,0.00,0.00,0.00,-0.42,0.00,69.58',
    'store_2\t,store_2\t,1,1,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00',
    '合计\t,合计\t,2,2,70.00,70.00,0.00,0.00,0.00,-0.42,0.00,69.58',
    '#----------------------------------------业务汇总列表结束-------------------------------------',
    '#导出时间：[2026年01月02日 09:00:00]',
  ])
})

test('signcustomer: every change of the account, with a running balance that adds up', async () => {
  const { first, second } = await busyDay()
  const [detail, summary] = await download('signcustomer', '2026-01-01')
  expect(detail?.name).toBe(`${SELLER_ID}0156_20260101_账务明细.csv`)
  expect(detail?.lines.slice(0, 5)).toEqual([
    '#支付宝账务明细查询',
    `#账号：[${SELLER_ID}0156]`,
    '#起始日期：[2026年01月01日 00:00:00]   终止日期：[2026年01月02日 00:00:00]',
    '#-----------------------------------------账务明细列表----------------------------------------',
    '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注',
  ])
  const row = (serial: number, trade: string, rest: string) =>
    `${trade}${String(serial).padStart(3, '0')}\t,${trade}\t,${rest}`
  const a1 = (at: string) => `a_1\t,咖啡\t,2026-01-01 ${at},*小明(138****0000)\t,`
  const a2 = 'a_2\t,茶，大杯 ?\t,2026-01-01 09:00:00,*小明(138****0000)\t,'
  expect(detail?.lines.slice(5)).toEqual([
    row(1, first, `${a1('08:00:00')}100.00,0.00,100.00,支付宝,在线支付,备注`),
    row(2, first, `${a1('08:00:00')}0.00,-0.60,99.40,支付宝,收费,备注`),
    row(3, first, `${a1('09:00:00')}0.00,-30.00,69.40,支付宝,交易退款,备注`),
    row(4, first, `${a1('09:00:00')}0.18,0.00,69.58,支付宝,退费,备注`),
    row(1, second, `${a2}50.50,0.00,120.08,支付宝,在线支付,备注`),
    row(2, second, `${a2}0.00,-0.30,119.78,支付宝,收费,备注`),
    row(3, second, `${a2}0.00,-50.50,69.28,支付宝,交易退款,备注`),
    row(4, second, `${a2}0.30,0.00,69.58,支付宝,退费,备注`),
    '#----------------------------------------账务明细列表结束-------------------------------------',
    '#支出合计：4笔，共-81.40元',
    '#收入合计：4笔，共150.98元',
    '#导出时间：[2026年01月02日 09:00:00]',
  ])
  expect(summary?.lines.slice(4, -2)).toEqual([
    '类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）',
    '在线支付,2,150.50,0,0.00,150.50',
    '收费,0,0.00,2,-0.90,-0.90',
    '交易退款,0,0.00,2,-80.50,-80.50',
    '退费,2,0.48,0,0.00,0.48',
    '合计,4,150.98,4,-81.40,69.58',
  ])
})

describe('which day a movement belongs to', () => {
  test('a refund stands in the bill of the day it was made, in Beijing time', async () => {
    start()
    await clock.advance(16 * HOUR - 1)
    await pay('a_1', '1.00')
    await clock.advance(1)
    await refund('a_1', '1.00', 'r_1')
    await clock.advance(DAY)
    const types = async (date: string) => {
      const [detail] = await download('trade', date)
      return detail?.lines.filter((line) => line.includes('a_1\t')).map((line) => line.split('\t,')[2])
    }
    expect(await types('2026-01-01')).toEqual(['交易'])
    expect(await types('2026-01-02')).toEqual(['退款'])
  })

  test('a month holds all its days', async () => {
    start()
    await pay('a_1', '1.00')
    await clock.advance(30 * DAY)
    await pay('a_2', '2.00')
    await clock.advance(2 * DAY)
    const [detail] = await download('trade', '2026-01')
    expect(detail?.name).toBe(`${SELLER_ID}0156_202601_业务明细.csv`)
    expect(detail?.lines[2]).toBe('#起始日期：[2026年01月01日 00:00:00]   终止日期：[2026年02月01日 00:00:00]')
    expect(detail?.lines).toContain('#交易合计：2笔，商家实收共3.00元，商家优惠共0.00元')
  })
})

describe('what there is no bill for', () => {
  test.each([
    ['trade', '2026-01-01', 'BILL_NOT_EXIST'],
    ['trade', '2026-01-02', 'BILL_NOT_EXIST'],
    ['trade', '2026-01', 'BILL_NOT_EXIST'],
    ['trade', '2026-02-30', 'INVAILID_ARGUMENTS'],
    ['trade', '20260101', 'INVAILID_ARGUMENTS'],
    ['trade', '', 'INVAILID_ARGUMENTS'],
    ['gifts', '2025-12-31', 'TYPE_NOT_SUPPORTED'],
  ])('%s of %s: %s', async (type, date, sub_code) => {
    start()
    expect((await askFor(type, date)).node).toMatchObject({ code: '40004', sub_code })
  })

  test('a bill is ready from the hour that is set', async () => {
    start({ readyHour: 9 })
    await clock.advance(25 * HOUR - 1)
    expect((await askFor('trade', '2026-01-01')).node.sub_code).toBe('BILL_NOT_EXIST')
    await clock.advance(1)
    expect((await askFor('trade', '2026-01-01')).node.code).toBe('10000')
  })
})

describe('an empty day', () => {
  test('is a bill with zero totals', async () => {
    start()
    const [detail] = await download('signcustomer', '2025-12-31')
    expect(detail?.lines.slice(5)).toEqual([
      '#----------------------------------------账务明细列表结束-------------------------------------',
      '#支出合计：0笔，共0.00元',
      '#收入合计：0笔，共0.00元',
      '#导出时间：[2026年01月01日 08:00:00]',
    ])
  })

  test('can carry a code beside the file', async () => {
    start({ emptyDay: 'empty_file_code' })
    expect((await askFor('trade', '2025-12-31')).node).toMatchObject({
      bill_file_code: 'EMPTY_DATA_WITH_BILL_FILE',
      bill_download_url: expect.stringContaining('downloadBillFile'),
    })
  })

  test.each([
    ['no_bill_data', 'NO_BILL_DATA'],
    ['bill_not_exist', 'BILL_NOT_EXIST'],
  ] as const)('can be refused: %s', async (emptyDay, sub_code) => {
    start({ emptyDay })
    expect((await askFor('trade', '2025-12-31')).node).toMatchObject({ code: '40004', sub_code })
  })
})

describe('the link', () => {
  test('says what it leads to', async () => {
    start()
    const { node } = await askFor('trade', '2025-12-31')
    const { origin, pathname, searchParams } = new URL(node.bill_download_url)
    expect(`${origin}${pathname}`).toBe('http://simulator.test/downloadBillFile.resource')
    expect(Object.fromEntries(searchParams)).toMatchObject({
      bizType: 'trade',
      userId: `${SELLER_ID}0156`,
      fileType: 'csv.zip',
      bizDates: '20251231',
      downloadFileName: `${SELLER_ID}0156_20251231.csv.zip`,
    })
  })

  test('dies after thirty seconds', async () => {
    start()
    const { node } = await askFor('trade', '2025-12-31')
    await clock.advance(30_000)
    const alive = await fetchBill(node.bill_download_url)
    expect(alive.status).toBe(200)
    expect(alive.headers.get('content-disposition')).toBe(`attachment; filename="${SELLER_ID}0156_20251231.csv.zip"`)
    await clock.advance(1)
    const dead = await fetchBill(node.bill_download_url)
    expect(dead.status).toBe(404)
    expect(dead.headers.get('content-type')).toContain('text/html')
  })

  test('cannot be guessed', async () => {
    start()
    expect((await fetchBill('http://simulator.test/downloadBillFile.resource?fileId=1')).status).toBe(404)
  })
})
