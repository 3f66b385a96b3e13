import { readdir, readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import {
  carriedBefore,
  type Reconciliation,
  reconcile,
  reportCsv,
  reportHtml,
  reportJson,
  reportTable,
  writeReports,
} from '../../src/index.ts'
import { temporaryFolder } from '../support/folder.ts'
import { moment, ourPayment, ourRefund, refundRow, tradeRow } from '../support/rows.ts'

const HOSTILE = '=HYPERLINK("http://evil.example")<script>alert(1)</script>, "茶"'
const TRADE_NO = '2026010122001400000000000001'

const day = (): Promise<Reconciliation> =>
  reconcile({
    day: '2026-01-01',
    fees: { rate: 0.006 },
    bill: [
      tradeRow({ outTradeNo: 'A', serviceFee: -6, finishedAt: moment('09:30:00') }),
      tradeRow({
        outTradeNo: 'B',
        serviceFee: -6,
        tradeNo: TRADE_NO,
        subject: HOSTILE,
        finishedAt: moment('14:05:06'),
      }),
      tradeRow({ outTradeNo: 'C', serviceFee: -60, finishedAt: moment('14:30:00') }),
      refundRow({ outTradeNo: 'A', serviceFee: 2, finishedAt: moment('15:00:00') }),
    ],
    ours: [
      ourPayment({ outTradeNo: 'A' }),
      ourPayment({ outTradeNo: 'C' }),
      ourRefund({ outTradeNo: 'A' }),
      ourPayment({ outTradeNo: 'D', amount: 77, at: moment('20:00:00') }),
      ourPayment({ outTradeNo: 'E', status: 'failed' }),
      ourPayment({ outTradeNo: 'F', at: moment('23:59:59') }),
    ],
  })

test('the table says what is in each bucket and adds up', async () => {
  expect(reportTable(await day())).toBe(
    [
      'Reconciliation 2026-01-01',
      '',
      '                count  Alipay, yuan  ours, yuan',
      'matched             2          7.00        7.00',
      'only at Alipay      1         10.00        0.00',
      'only with us        1          0.00        0.77',
      'amount differs      0          0.00        0.00',
      'status differs      0          0.00        0.00',
      'fee unexpected      1         10.00       10.00',
      'duplicate           0          0.00        0.00',
      'total           4 / 4         27.00       17.77',
      '',
      '3 differences.',
      '1 near midnight wait for the next bill.',
      '1 payments or refunds of ours moved no money, and the bill has none.',
      '',
    ].join('\n'),
  )
  expect(reportTable(await day(), 'zh')).toContain('长款（仅支付宝有）')
})

describe('CSV', () => {
  test('begins with a byte order mark and can be read back', async () => {
    const csv = reportCsv(await day())
    expect(csv.charCodeAt(0)).toBe(0xfeff)
    const [head = [], ...rows] = parse(csv.slice(1)) as string[][]
    const records = rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index]])))
    expect(records).toMatchObject([
      {
        difference: 'only at Alipay',
        'order number': 'B',
        'Alipay amount': '10.00',
        'Alipay time': '2026-01-01 14:05:06',
      },
      { difference: 'fee unexpected', 'order number': 'C', fee: '-0.60', 'expected fee': '-0.06' },
      { difference: 'only with us', 'order number': 'D', 'our amount': '0.77', 'our time': '2026-01-01 20:00:00' },
    ])
  })

  test('runs no formula and rounds no number in a spreadsheet', async () => {
    const [, row = []] = parse(reportCsv(await day()).slice(1)) as string[][]
    expect(row).toContain(`'${HOSTILE}`)
    expect(row).toContain(`${TRADE_NO}\t`)
  })

  test.each(['=1', '+1', '-1+1', '@SUM(A1)', '＝1', '\t=1', '\r=1', '\n=1'])('%j is a text', async (storeId) => {
    const result = await reconcile({ day: '2026-01-01', bill: [tradeRow({ storeId })], ours: [] })
    const [, row = []] = parse(reportCsv(result).slice(1)) as string[][]
    expect(row).toContain(`'${storeId}`)
  })

  test('ends every line as Windows does', async () => {
    expect(reportCsv(await day(), 'zh').split('\r\n')).toHaveLength(5)
  })
})

describe('HTML', () => {
  test('shows the differences first, then the chart, then the totals', async () => {
    const html = reportHtml(await day())
    const places = ['<h2>Differences</h2>', '<svg', '<h2>Summary</h2>'].map((text) => html.indexOf(text))
    expect(places.every((place) => place > 0)).toBe(true)
    expect([...places].sort((one, other) => one - other)).toEqual(places)
  })

  test('needs nothing from elsewhere and runs nothing', async () => {
    const html = reportHtml(await day())
    expect(html).not.toMatch(/<script|<link|<img|src=|href=|@import|url\(/)
    expect(html).toContain('&lt;script&gt;')
    expect(html).toContain("default-src 'none'")
  })

  test('draws one bar for each hour with business', async () => {
    const html = reportHtml(await day())
    expect(html.match(/<rect class="payment"/g)).toHaveLength(2)
    expect(html.match(/<rect class="refund"/g)).toHaveLength(1)
    expect(html).toContain('14:00 payments 20.00, refunds 0.00, differences 2')
    expect(html.match(/<circle class="difference"/g)).toHaveLength(2)
  })

  test('draws payments and refunds to the same scale, and says which is which', async () => {
    const bill = [tradeRow({ orderAmount: 10_000 }), refundRow({ orderAmount: -1_000 })]
    const html = reportHtml(await reconcile({ day: '2026-01-01', bill, ours: [] }))
    const heights = ['payment', 'refund'].map((kind) =>
      Number(new RegExp(`class="${kind}" x="[^"]+" y="[^"]+" width="26" height="([^"]+)"`).exec(html)?.[1]),
    )
    expect(heights).toEqual([150, 15])
    expect(html).toMatch(/class="legend".*payment.*refund.*Differences/)
  })

  test('says what to do beside what is wrong, before the details', async () => {
    const html = reportHtml(await day(), 'zh')
    const heads = [...html.matchAll(/<th[^>]*>([^<]*)<\/th>/g)].map(([, head]) => head)
    expect(heads.slice(0, 10)).toEqual([
      '差异',
      '类型',
      '商户订单号',
      '退款请求号',
      '支付宝金额',
      '我方金额',
      '我方状态',
      '建议',
      '原因',
      '支付宝交易号',
    ])
  })

  test('a clean day says so', async () => {
    const clean = await reconcile({ day: '2026-01-01', bill: [tradeRow()], ours: [ourPayment()] })
    expect(reportHtml(clean, 'zh')).toContain('<p class="good">没有差异。</p>')
    expect(reportHtml(clean)).not.toContain('<h2>Differences</h2>')
  })
})

test('JSON holds everything', async () => {
  const result = await day()
  expect(JSON.parse(reportJson(result))).toEqual(JSON.parse(JSON.stringify(result)))
})

test('the reports of a day are written side by side, and again over the old ones', async () => {
  const folder = `${await temporaryFolder()}/reports`
  await writeReports(await day(), folder)
  const files = await writeReports(await day(), folder, 'zh')
  expect((await readdir(folder)).sort()).toEqual([
    '2026-01-01.csv',
    '2026-01-01.html',
    '2026-01-01.json',
    '2026-01-01.txt',
  ])
  expect(await readFile(files.html, 'utf8')).toContain('lang="zh-CN"')
  expect(await readFile(files.text, 'utf8')).toContain('对账 2026-01-01')
})

test('a report says how many differences it does not list', async () => {
  const bill = [tradeRow({ outTradeNo: 'A' }), tradeRow({ outTradeNo: 'B' })]
  const result = await reconcile({ day: '2026-01-01', bill, ours: [], keep: 1, belongs: () => true })
  expect(reportTable(result)).toContain('1 more differences are counted but not listed.')
})

test('the reports hand on to the next day what happened near midnight', async () => {
  const folder = await temporaryFolder()
  const ours = [ourPayment({ at: moment('00:00:01', '2026-01-02') })]
  const bill = [tradeRow({ finishedAt: moment('23:59:58') })]
  expect(await carriedBefore(folder, '2026-01-02')).toBeUndefined()
  const first = await reconcile({ day: '2026-01-01', bill, ours })
  await writeReports(first, folder)
  const carried = await carriedBefore(folder, '2026-01-02')
  expect(carried).toEqual(first.carried)
  expect((await reconcile({ day: '2026-01-02', bill: [], ours })).isClean).toBe(false)
  expect((await reconcile({ day: '2026-01-02', bill: [], ours, carried })).isClean).toBe(true)
})
