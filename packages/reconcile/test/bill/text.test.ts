import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvRecords } from '../../src/bill/csv.ts'
import { readBill } from '../../src/index.ts'
import { codeOf, collect } from '../support/collect.ts'
import { sheetText, TRADE_HEADER, type TradeLine, tradeFoot, tradeLine } from '../support/sheets.ts'
import { gbk, zip } from '../support/zip.ts'

const read = async (line: TradeLine) => {
  const [row] = await collect(
    readBill(gbk(sheetText({ lines: [tradeLine(line)], foot: tradeFoot(1, '10.00', 0, '0.00') })), { type: 'trade' }),
  )
  return row
}

describe('commas in texts that are not quoted', () => {
  test.each<[TradeLine, Partial<Record<'subject' | 'remark', string>>]>([
    [{ subject: '茶, 大杯, 热' }, { subject: '茶, 大杯, 热', remark: '' }],
    [{ remark: 'a,b' }, { subject: '咖啡', remark: 'a,b' }],
    [
      { subject: 'x,y', remark: 'a,b,c' },
      { subject: 'x,y', remark: 'a,b,c' },
    ],
    [{ subject: '"x,y"' }, { subject: 'x,y' }],
    [{ subject: '19" 显示器' }, { subject: '19" 显示器' }],
    [{ subject: '"好茶' }, { subject: '"好茶' }],
  ])('%o', async (line, expected) => {
    expect(await read(line)).toMatchObject({ ...expected, orderAmount: 1000, outTradeNo: 'T1' })
  })

  test('a comma where a number should be is refused', async () => {
    expect(await codeOf(read({ tradeNo: '2026,1' }))).toBe('BILL_FORMAT')
  })
})

test('a first cell that begins with # is still a row', async () => {
  const header = '商品名称,支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,商家实收（元）'
  const lines = ['#1 热茶,1\t,T1\t,交易\t,2026-01-01 10:00:00,1.00,1.00']
  const rows = await collect(readBill(gbk(sheetText({ header, lines, foot: tradeFoot(1, '1.00', 0, '0.00') }))))
  expect(rows).toMatchObject([{ subject: '#1 热茶' }])
})

test('kinds of business that are not known stay what they are, wherever the totals count them', async () => {
  const lines = [tradeLine(), tradeLine({ type: '转账', amount: '3.00', outTradeNo: 'T2' })]
  for (const foot of [tradeFoot(1, '10.00', 0, '0.00'), tradeFoot(2, '13.00', 0, '0.00')]) {
    const rows = await collect(readBill(gbk(sheetText({ lines, foot }))))
    expect(rows).toMatchObject([{ kind: 'payment' }, { kind: 'other', businessType: '转账', orderAmount: 300 }])
  }
})

test('two lists in one archive are one bill', async () => {
  const part = (outTradeNo: string) =>
    sheetText({ lines: [tradeLine({ outTradeNo })], foot: tradeFoot(1, '10.00', 0, '0.00') })
  const rows = await collect(
    readBill(zip({ name: '1.csv', content: part('T1') }, { name: '2.csv', content: part('T2') })),
  )
  expect(rows).toMatchObject([{ outTradeNo: 'T1' }, { outTradeNo: 'T2' }])
})

test('members that are no sheets are passed over', async () => {
  const sheet = sheetText({ lines: [tradeLine()], foot: tradeFoot(1, '10.00', 0, '0.00') })
  const archive = zip(
    { name: '说明.txt', content: '你好' },
    { name: 'readme.txt', content: Buffer.from('UTF-8：说明') },
    { name: '__MACOSX/._a.csv', content: Buffer.from([0x00, 0x05, 0x16, 0x07, 0xff, 0xff, 0x80, 0xff]) },
    { name: '夹/', content: '' },
    { name: '夹/a.csv', content: sheet },
  )
  expect(await collect(readBill(archive))).toHaveLength(1)
})

test('an empty day is a bill without rows', async () => {
  const bill = readBill(gbk(sheetText({ foot: tradeFoot(0, '0.00', 0, '0.00') })))
  expect(await collect(bill)).toEqual([])
  expect(await bill.summary()).toEqual([])
})

test('columns may stand in any order', async () => {
  const names = TRADE_HEADER.split(',')
  const cells = tradeLine({ fee: '-0.06', remark: '好' }).split(',')
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(
        names.map((_, index) => index),
        { minLength: names.length },
      ),
      async (order) => {
        const shuffled = (all: readonly string[]) => order.map((index) => all[index]).join(',')
        const text = sheetText({
          header: shuffled(names),
          lines: [shuffled(cells)],
          foot: tradeFoot(1, '10.00', 0, '0.00'),
        })
        const [row] = await collect(readBill(gbk(text), { type: 'trade' }))
        expect(row).toEqual(await read({ fee: '-0.06', remark: '好' }))
      },
    ),
    { numRuns: 30 },
  )
})

test('text is the same however the bytes are cut', async () => {
  const text = fc.string({ unit: fc.constantFrom('茶', 'a', '，', '𠮷', '€', ' ', '"', '镕'), maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 8 }), fc.array(fc.nat(12)), async (lines, cuts) => {
      const bytes = gbk(lines.map((line) => `${line},x\n`).join(''))
      const chunks = async function* () {
        let at = 0
        for (const cut of cuts) {
          yield bytes.subarray(at, at + cut)
          at += cut
        }
        yield bytes.subarray(at)
      }
      const records = (await collect(csvRecords(chunks(), 'gbk'))).flatMap((batch) => batch.records)
      expect(records).toEqual(lines.map((line) => [line, 'x']))
    }),
  )
})
