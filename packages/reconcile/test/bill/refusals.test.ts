import { describe, expect, test } from 'vitest'
import { type ReadBillOptions, readBill } from '../../src/index.ts'
import { codeOf, collect } from '../support/collect.ts'
import { ACCOUNT_HEADER, accountFoot, sheetText, TRADE_HEADER, tradeFoot, tradeLine } from '../support/sheets.ts'
import { gbk, zip } from '../support/zip.ts'

const reading = (file: string | Uint8Array, options?: ReadBillOptions) => codeOf(collect(readBill(file, options)))
const one = sheetText({ lines: [tradeLine()], foot: tradeFoot(1, '10.00', 0, '0.00') })
const summary = (line: string, total = line) =>
  sheetText({
    title: '业务汇总',
    header: '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）',
    lines: [`S1\t,一店\t,${line}`, `合计\t,合计\t,${total}`],
  })

describe('a bill that does not add up', () => {
  test.each([
    ['a payment is missing', [tradeLine()], tradeFoot(2, '20.00', 0, '0.00')],
    ['an amount has changed', [tradeLine({ amount: '10.01' })], tradeFoot(1, '10.00', 0, '0.00')],
    ['a refund is missing', [tradeLine()], tradeFoot(1, '10.00', 1, '-1.00')],
    ['a discount has changed', [tradeLine({ discount: '0.01' })], tradeFoot(1, '10.00', 0, '0.00')],
    ['it has rows but no totals', [tradeLine()], []],
  ])('%s', async (_, lines, foot) => {
    expect(await reading(gbk(sheetText({ lines, foot })))).toBe('BILL_TOTALS_MISMATCH')
  })

  test('says what the totals are and what the rows are', async () => {
    const bill = readBill(gbk(sheetText({ lines: [tradeLine()], foot: tradeFoot(1, '10.50', 0, '0.00') })))
    await expect(collect(bill)).rejects.toMatchObject({
      message: expect.stringContaining('交易合计 says 1 rows and 10.50 yuan; there are 1 and 10.00'),
      details: { total: '交易合计', saysFen: 1050, fen: 1000 },
    })
  })

  test('movements that are not what the account totals say', async () => {
    const line = '1\t,2\t,T1\t,茶\t,2026-01-01 10:00:00,*小明\t,5.00,0.00,5.00,支付宝,在线支付,'
    const sheet = (foot: readonly string[]) =>
      gbk(sheetText({ title: '账务明细', header: ACCOUNT_HEADER, lines: [line], foot }))
    expect(await reading(sheet(accountFoot(0, '0.00', 1, '5.00')))).toBe('no error')
    expect(await reading(sheet(accountFoot(0, '0.00', 1, '5.01')))).toBe('BILL_TOTALS_MISMATCH')
    expect(await reading(sheet(accountFoot(1, '0.00', 1, '5.00')))).toBe('BILL_TOTALS_MISMATCH')
  })

  test.each([
    ['agrees', summary('1,0,10.00,10.00'), 'no error'],
    ['counts another number of payments', summary('2,0,10.00,10.00'), 'BILL_TOTALS_MISMATCH'],
    ['counts a refund that is not there', summary('1,1,10.00,10.00'), 'BILL_TOTALS_MISMATCH'],
    ['has a total that is not its sum', summary('1,0,10.00,10.00', '1,0,10.00,9.00'), 'BILL_TOTALS_MISMATCH'],
  ])('a summary sheet that %s', async (_, content, code) => {
    expect(await reading(zip({ name: 'a.csv', content: one }, { name: 'b.csv', content }))).toBe(code)
  })
})

test('totals that are there twice and differ', async () => {
  const foot = tradeFoot(1, '10.00', 0, '0.00')
  const twice = (more: readonly string[]) => gbk(sheetText({ lines: [tradeLine()], foot: [...foot, ...more] }))
  expect(await reading(twice(foot))).toBe('no error')
  expect(await reading(twice(tradeFoot(9, '99.00', 0, '0.00')))).toBe('BILL_TOTALS_MISMATCH')
})

describe('a bill that is cut off', () => {
  test('its text, anywhere before the end of the list', async () => {
    const end = one.indexOf('列表结束')
    for (let length = 15; length < end; length += 7) {
      expect([length, await reading(gbk(one.slice(0, length)))]).toEqual([length, 'BILL_TRUNCATED'])
    }
  })

  test('its text, within the totals', async () => {
    expect(await reading(gbk(one.slice(0, one.indexOf('商家实收共'))))).toBe('BILL_TOTALS_MISMATCH')
  })

  test('its archive, anywhere', async () => {
    const whole = zip({ name: 'a.csv', content: one })
    for (const length of [3, 30, 200, whole.length - 10, whole.length - 1]) {
      expect(await reading(whole.subarray(0, length))).toBe('BILL_ARCHIVE_INVALID')
    }
  })
})

describe('an archive that is not as Alipay makes them', () => {
  test.each(['../../evil.csv', '/etc/evil.csv', 'C:\\evil.csv', 'a\\..\\..\\evil.csv'])(
    'a member named %s',
    async (name) => {
      const archive = Buffer.from(zip({ name: 'x'.repeat(name.length), content: one }))
      const placeholder = Buffer.from('x'.repeat(name.length))
      for (let at = archive.indexOf(placeholder); at >= 0; at = archive.indexOf(placeholder, at))
        archive.write(name, at, 'latin1')
      expect(await reading(archive)).toBe('BILL_ARCHIVE_UNSAFE')
    },
  )

  test('a member that expands without end', async () => {
    const bomb = zip({ name: 'a.csv', content: new Uint8Array(80 * 1024 * 1024) })
    expect(bomb.length).toBeLessThan(100_000)
    expect(await reading(bomb)).toBe('BILL_ARCHIVE_UNSAFE')
  })

  test('a member longer than it claims to be', async () => {
    const archive = Buffer.from(zip({ name: 'a.csv', content: `${one}${' '.repeat(5_000)}` }))
    const directory = archive.indexOf('PK\x01\x02')
    archive.writeUInt32LE(1_000, directory + 24)
    expect(await reading(archive)).toBe('BILL_ARCHIVE_INVALID')
  })

  test('a member whose checksum does not hold', async () => {
    const archive = Buffer.from(zip({ name: 'a.csv', content: one }))
    archive.writeUInt32LE(1, archive.indexOf('PK\x01\x02') + 16)
    expect(await reading(archive)).toBe('BILL_ARCHIVE_INVALID')
  })

  test('an encrypted member', async () => {
    const archive = Buffer.from(zip({ name: 'a.csv', content: one }))
    archive.writeUInt16LE(1, archive.indexOf('PK\x01\x02') + 8)
    expect(await reading(archive)).toBe('BILL_ARCHIVE_UNSAFE')
  })

  test('more members than any bill', async () => {
    const members = Array.from({ length: 101 }, (_, index) => ({ name: `${index}.csv`, content: one }))
    expect(await reading(zip(...members))).toBe('BILL_ARCHIVE_UNSAFE')
  })

  test('more text than allowed', async () => {
    expect(await reading(zip({ name: 'a.csv', content: one }), { maxExpandedBytes: 100 })).toBe('BILL_TOO_LARGE')
    expect(await reading(gbk(one), { maxExpandedBytes: 100 })).toBe('BILL_TOO_LARGE')
  })

  test('a file that is not there', async () => {
    expect(await reading('/nowhere/bill.csv.zip')).toBe('BILL_ARCHIVE_INVALID')
  })

  test('two members of the same name', async () => {
    const archive = zip({ name: 'a.csv', content: one }, { name: 'b.csv', content: one })
    const text = Buffer.from(archive).toString('latin1').replaceAll('b.csv', 'a.csv')
    expect(await reading(Buffer.from(text, 'latin1'))).toBe('BILL_ARCHIVE_UNSAFE')
  })

  test('sheets of two days', async () => {
    const other = one.replaceAll('01月02日', '01月03日').replaceAll('01月01日', '01月02日')
    const archive = zip({ name: 'a.csv', content: one }, { name: 'b.csv', content: other })
    expect(await reading(archive)).toBe('BILL_FORMAT')
  })

  test('sheets of two accounts', async () => {
    const other = one.replace('20880000000000010156', '20880000000000020156')
    expect(await reading(zip({ name: 'a.csv', content: one }, { name: 'b.csv', content: other }))).toBe('BILL_FORMAT')
  })
})

describe('text in another encoding', () => {
  test.each([
    ['UTF-8', Buffer.from(one)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${one}`)],
    ['UTF-16', Buffer.from(`\uFEFF${one}`, 'utf16le')],
    [
      'a GBK text with a broken character',
      Buffer.concat([gbk(one.slice(0, 600)), Buffer.from([0xff, 0xff]), gbk(one.slice(600))]),
    ],
  ])('%s', async (_, bytes) => {
    expect(await reading(bytes)).toBe('BILL_ENCODING')
    expect(await reading(zip({ name: 'a.csv', content: bytes }))).toBe('BILL_ENCODING')
  })

  test('UTF-8 is read when asked for', async () => {
    expect(await collect(readBill(Buffer.from(`\uFEFF${one}`), { charset: 'utf-8' }))).toHaveLength(1)
    expect(await reading(gbk(one), { charset: 'utf-8' })).toBe('BILL_ENCODING')
  })
})

describe('a layout that is not known', () => {
  const sheet = (changes: { header?: string; lines?: readonly string[] }) =>
    gbk(sheetText({ foot: tradeFoot(1, '10.00', 0, '0.00'), lines: [tradeLine()], ...changes }))

  test.each([
    ['another first line', gbk('#微信支付账单\r\n1,2,3\r\n')],
    ['nothing at all', new Uint8Array()],
    ['no column for the amount', sheet({ header: TRADE_HEADER.replace('订单金额', '金额') })],
    ['the same column twice', sheet({ header: TRADE_HEADER.replace('门店名称', '门店编号') })],
    ['an amount with three decimals', sheet({ lines: [tradeLine({ amount: '1.234' })] })],
    ['no amount', sheet({ lines: [tradeLine({ amount: '' })] })],
    ['a time that does not exist', sheet({ lines: [tradeLine({ finished: '2026-02-30 10:00:00' })] })],
    ['a trade number that a spreadsheet has rounded', sheet({ lines: [tradeLine({ tradeNo: '2.02601E+27' })] })],
    ['a line without end', sheet({ lines: [tradeLine({ remark: 'x'.repeat(300_000) })] })],
    ['a row after the end', Buffer.concat([sheet({}), gbk(`${tradeLine()}\r\n`)])],
  ])('%s', async (_, bytes) => {
    expect(await reading(bytes)).toBe('BILL_FORMAT')
  })

  test('names the line and the column', async () => {
    const bill = readBill(sheet({ lines: [tradeLine(), tradeLine({ amount: 'x' })] }))
    await expect(collect(bill)).rejects.toMatchObject({ details: { line: 7, column: 'orderAmount' } })
  })

  test('a bill of the other type', async () => {
    expect(await reading(gbk(one), { type: 'signcustomer' })).toBe('BILL_MISMATCH')
  })

  test.each([{ type: 'other' }, { charset: 'latin1' }, { maxExpandedBytes: 0 }])(
    'an option that is not known: %o',
    (options) => {
      expect(() => readBill('bill.zip', options as ReadBillOptions)).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID' }),
      )
    },
  )
})
