import { join } from 'node:path'
import type { BillDownloadUrlReply } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { describe, expect, test } from 'vitest'
import { downloadBill, type FetchFile } from '../../src/index.ts'
import { codeOf } from '../support/collect.ts'
import { temporaryFolder } from '../support/folder.ts'

const ZIP = Buffer.from('PK and so on')
const at = (time: string) => new Date(`${time}+08:00`)

interface Case {
  readonly reply?: Partial<BillDownloadUrlReply>
  readonly now?: Date
  readonly gateway?: string
  readonly billDate?: string
  readonly fetch?: FetchFile
}

const download = async ({ reply, now, gateway, billDate, fetch }: Case) => {
  const fetched: string[] = []
  const to = join(await temporaryFolder(), 'bill.zip')
  const carry: FetchFile = async (request) => {
    fetched.push(request.url)
    return fetch === undefined ? new Response(ZIP) : fetch(request)
  }
  const result = await downloadBill({
    alipay: {
      clock: new SimulatedClock(now ?? at('2026-01-02T10:00:00')),
      gateway,
      billDownloadUrl: async () => ({ code: '10000', msg: 'Success', ...reply }),
    },
    billType: 'trade',
    billDate: billDate ?? '2026-01-01',
    to,
    attempts: 1,
    fetch: carry,
  })
  return { result, fetched, to }
}

const linked = (bill_download_url: string, gateway?: string): Case => ({
  reply: { bill_download_url },
  ...(gateway === undefined ? {} : { gateway }),
})
const failing = (sub_code: string, now?: string) => ({
  reply: { code: '40004', msg: 'Business Failed', sub_code },
  ...(now === undefined ? {} : { now: at(now) }),
})

describe('where links may lead', () => {
  test.each([
    ['https://dwbillcenter.alipay.com/f?a=1', 'https://dwbillcenter.alipay.com/f?a=1'],
    ['http://dwbillcenter.alipay.com/f?a=1', 'https://dwbillcenter.alipay.com/f?a=1'],
    ['http://dwbillcenter.sandbox.dl.alipaydev.com/f', 'https://dwbillcenter.sandbox.dl.alipaydev.com/f'],
  ])('%s is fetched over https', async (link, fetched) => {
    expect(await download(linked(link, 'https://openapi.alipay.com/gateway.do'))).toMatchObject({ fetched: [fetched] })
  })

  test.each([
    'https://evil.example/f',
    'https://alipay.com.evil.example/f',
    'https://evilalipay.com/f',
    'https://dwbillcenter.alipay.com@evil.example/f',
    'https://user:pass@dwbillcenter.alipay.com/f',
    'https://dwbillcenter.alipay.com:8443/f',
    'ftp://dwbillcenter.alipay.com/f',
    'file:///etc/passwd',
    'https://10.0.0.1/f',
    'https://169.254.169.254/latest/meta-data',
    'nonsense',
  ])('%s is refused, without telling the link', async (link) => {
    const work = download(linked(link))
    expect(await codeOf(work)).toBe('BILL_LINK_REFUSED')
    await work.catch((error) => expect(JSON.stringify(error)).not.toContain('evil'))
  })

  test.each(['http://127.0.0.1:8080/f', 'http://localhost/f', 'https://[::1]/f'])(
    '%s is fetched when the gateway is on this machine',
    async (link) => {
      expect(await download(linked(link, 'http://127.0.0.1:4000/gateway.do'))).toMatchObject({ fetched: [link] })
      expect(await codeOf(download(linked(link, 'https://openapi.alipay.com/gateway.do')))).toBe('BILL_LINK_REFUSED')
    },
  )

  test('a redirect within the host is followed', async () => {
    const { fetched } = await download({
      ...linked('https://dwbillcenter.alipay.com/a'),
      fetch: async ({ url }) =>
        url.endsWith('/a') ? new Response(null, { status: 302, headers: { location: '/b' } }) : new Response(ZIP),
    })
    expect(fetched).toEqual(['https://dwbillcenter.alipay.com/a', 'https://dwbillcenter.alipay.com/b'])
  })

  test.each(['https://evil.example/', 'https://other.alipay.com/', 'http://127.0.0.1/', 'http://[', '/a'])(
    'a redirect to %s is not',
    async (location) => {
      const redirecting: FetchFile = async () => new Response(null, { status: 302, headers: { location } })
      const work = download({ ...linked('https://dwbillcenter.alipay.com/a'), fetch: redirecting })
      expect(await codeOf(work)).toBe('BILL_LINK_REFUSED')
    },
  )
})

describe('days without a file', () => {
  test.each(['NO_BILL_DATA', 'isp.no_bill_data'])('%s is an empty day at any hour', async (subCode) => {
    for (const now of ['2026-01-02T00:10:00', '2026-01-02T12:00:00']) {
      const { result } = await download(failing(subCode, now))
      expect(result).toEqual({ status: 'empty', reason: 'NO_BILL_DATA', path: undefined })
    }
  })

  test.each(['BILL_NOT_EXIST', 'isp.bill_not_exist'])(
    '%s is not ready before nine, and empty after',
    async (subCode) => {
      const early = await download(failing(subCode, '2026-01-02T08:59:59'))
      expect(early.result).toEqual({ status: 'notReady', usuallyReadyAt: at('2026-01-02T09:00:00') })
      const late = await download(failing(subCode, '2026-01-02T09:00:00'))
      expect(late.result).toEqual({ status: 'empty', reason: 'BILL_NOT_EXIST', path: undefined })
    },
  )

  test('a month is ready on the third', async () => {
    const month = { billDate: '2025-12', ...failing('BILL_NOT_EXIST', '2026-01-03T08:59:59') }
    expect((await download(month)).result).toEqual({ status: 'notReady', usuallyReadyAt: at('2026-01-03T09:00:00') })
  })

  test('EMPTY_DATA_WITH_BILL_FILE is empty and leaves its file, if there is one', async () => {
    const empty = { bill_file_code: 'EMPTY_DATA_WITH_BILL_FILE' }
    const { result, to } = await download({
      reply: { ...empty, bill_download_url: 'https://dwbillcenter.alipay.com/a' },
    })
    expect(result).toEqual({ status: 'empty', reason: 'EMPTY_DATA_WITH_BILL_FILE', path: to })
    expect((await download({ reply: empty })).result).toMatchObject({ status: 'empty', path: undefined })
  })

  test.each(['2026-01-02T10:00:00', '2026-01-01T00:00:00', '2025-12-31T23:00:00'])(
    'a day that is not over at %s is not asked for',
    async (now) => {
      const { result, fetched } = await download({
        billDate: '2026-01-02',
        now: at(now),
        ...linked('https://x.alipay.com'),
      })
      expect(result).toEqual({ status: 'notReady', usuallyReadyAt: at('2026-01-03T09:00:00') })
      expect(fetched).toEqual([])
    },
  )
})

describe('refusals', () => {
  test.each([
    ['INVAILID_ARGUMENTS', 'BILL_REFUSED'],
    ['invalid_arguments', 'BILL_REFUSED'],
    ['BILL_DATE_BEFORE_REGISTRATION', 'BILL_REFUSED'],
    ['TYPE_NOT_SUPPORTED', 'BILL_REFUSED'],
    ['UNKNOWN_ERROR', 'BILL_UNAVAILABLE'],
    ['USER_RATE_LIMIT', 'BILL_UNAVAILABLE'],
    ['isp.SYSTEM_ERROR', 'BILL_UNAVAILABLE'],
  ])('%s: %s', async (subCode, code) => {
    expect(await codeOf(download(failing(subCode)))).toBe(code)
  })

  test('a success without a link, and a service that is not there', async () => {
    expect(await codeOf(download({ reply: {} }))).toBe('BILL_REFUSED')
    expect(await codeOf(download({ reply: { code: '20000', sub_code: 'isp.unknow-error' } }))).toBe('BILL_UNAVAILABLE')
  })

  test.each(['2026-02-30', '2026-13', 'yesterday', '20260101'])('%s is no day', async (billDate) => {
    expect(await codeOf(download({ billDate }))).toBe('CONFIG_INVALID')
  })
})
