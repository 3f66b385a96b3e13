import { randomBytes } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BillDownloadUrlReply } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { PartFile } from '../../src/download/part-file.ts'
import { type BillGateway, type DownloadBillOptions, downloadBill, type Progress } from '../../src/index.ts'
import { codeOf } from '../support/collect.ts'
import { temporaryFolder } from '../support/folder.ts'
import { type Answer, billServer, breakWhenReceived, broken, status, whole } from './bill-server.ts'

const FILE = Buffer.concat([Buffer.from('PK'), randomBytes(300_000)])
const MORNING = new Date('2026-01-02T09:30:00+08:00')

const gatewayOf = (reply: Partial<BillDownloadUrlReply>, at = MORNING, gateway?: string) => {
  const asked: object[] = []
  const clock = new SimulatedClock(at)
  const alipay: BillGateway = {
    clock,
    gateway,
    billDownloadUrl: async (content, options) => {
      asked.push({ content, token: options?.appAuthToken })
      return { code: '10000', msg: 'Success', ...reply }
    },
  }
  return { alipay, asked, clock }
}

const setUp = async (...answers: readonly [Answer, ...Answer[]]) => {
  const server = await billServer(...answers)
  const { alipay, asked, clock } = gatewayOf({ bill_download_url: server.url })
  const folder = await temporaryFolder()
  const to = join(folder, 'bill.zip')
  const download = (changes: Partial<DownloadBillOptions> = {}) =>
    downloadBill({
      alipay,
      billType: 'trade',
      billDate: '2026-01-01',
      to,
      onProgress: breakWhenReceived,
      ...changes,
    })
  /** Downloads while the waits between attempts pass. */
  const patiently = async (changes: Partial<DownloadBillOptions> = {}) => {
    let over = false
    const work = download(changes).finally(() => {
      over = true
    })
    work.catch(() => undefined)
    await clock.advanceUntil(() => over, 1_000)
    return work
  }
  return { ...server, asked, clock, folder, to, download, patiently }
}

describe('fetching', () => {
  test('writes the file under its name, with progress, and leaves nothing else behind', async () => {
    const { download, to, folder, asked } = await setUp(whole(FILE))
    const progress: Progress[] = []
    const done = await download({ onProgress: (step) => progress.push(step), appAuthToken: 'token-1' })
    expect(done).toEqual({ status: 'downloaded', path: to, bytes: FILE.length })
    expect(await readFile(to)).toEqual(FILE)
    expect(await readdir(folder)).toEqual(['bill.zip'])
    expect(progress.at(-1)).toEqual({ received: FILE.length, total: FILE.length })
    expect(asked).toEqual([{ content: { bill_type: 'trade', bill_date: '2026-01-01' }, token: 'token-1' }])
  })

  test('names the file itself in a folder', async () => {
    const { download, folder } = await setUp(whole(FILE))
    expect(await download({ to: folder })).toMatchObject({ path: join(folder, 'trade-2026-01-01.csv.zip') })
  })

  test.each([
    ['an error page', status(404)],
    ['a page of words with status 200', status(200)],
    ['nothing', status(200, {}, '')],
  ])('asks for another link when the first leads to %s', async (_, dead) => {
    const { download, to, asked } = await setUp(dead, whole(FILE))
    expect(await download()).toMatchObject({ status: 'downloaded' })
    expect(await readFile(to)).toEqual(FILE)
    expect(asked).toHaveLength(2)
  })

  test('goes on where the connection broke', async () => {
    const { patiently, to, requests } = await setUp(
      broken(FILE, 100_000, '"v1"'),
      broken(FILE, 50_000, '"v1"'),
      whole(FILE, '"v1"'),
    )
    expect(await patiently()).toMatchObject({ status: 'downloaded', bytes: FILE.length })
    expect(await readFile(to)).toEqual(FILE)
    expect(requests.map(({ range }) => range)).toEqual([undefined, 'bytes=100000-', 'bytes=150000-'])
    expect(requests[2]?.['if-range']).toBe('"v1"')
  })

  test('goes on in another process', async () => {
    const { download, patiently, to, requests } = await setUp(broken(FILE, 100_000, '"v1"'), whole(FILE, '"v1"'))
    expect(await codeOf(download({ attempts: 1 }))).toBe('BILL_DOWNLOAD_FAILED')
    expect(await patiently()).toMatchObject({ status: 'downloaded' })
    expect(requests.map(({ range }) => range)).toEqual([undefined, 'bytes=100000-'])
    expect(await readFile(to)).toEqual(FILE)
  })

  test.each([
    ['the file has changed meanwhile', whole(FILE, '"v2"')],
    ['the server cannot give parts', (_, response) => response.writeHead(200).end(FILE)],
  ] satisfies [string, Answer][])('begins anew when %s', async (_, second) => {
    const other = Buffer.concat([Buffer.from('PK'), randomBytes(300_000)])
    const { patiently, to } = await setUp(broken(other, 100_000, '"v1"'), second)
    expect(await patiently()).toMatchObject({ status: 'downloaded' })
    expect(await readFile(to)).toEqual(FILE)
  })

  test('begins anew when a part is of another length than before', async () => {
    const longer = Buffer.concat([FILE, randomBytes(10)])
    const { patiently, to } = await setUp(broken(FILE, 100_000), whole(longer), whole(longer))
    expect(await patiently()).toMatchObject({ status: 'downloaded' })
    expect(await readFile(to)).toEqual(longer)
  })

  test('does not trust what lies there without knowing what it is of', async () => {
    const { download, to, requests } = await setUp(whole(FILE))
    await writeFile(`${to}.part`, 'something')
    await download()
    expect(requests[0]?.range).toBeUndefined()
    expect(await readFile(to)).toEqual(FILE)
  })

  test('gives up after some links, and keeps what was there before', async () => {
    const { patiently, to, asked } = await setUp(status(503))
    await writeFile(to, 'an older download')
    expect(await codeOf(patiently({ attempts: 3 }))).toBe('BILL_DOWNLOAD_FAILED')
    expect(asked).toHaveLength(3)
    expect(await readFile(to, 'utf8')).toBe('an older download')
  })

  test.each([
    ['says that it is too long', whole(FILE)],
    ['does not say how long it is', (_, response) => response.writeHead(200).end(FILE)],
  ] satisfies [string, Answer][])('refuses a file larger than allowed that %s', async (_, answer) => {
    const { download, folder } = await setUp(answer)
    expect(await codeOf(download({ maxBytes: FILE.length - 1 }))).toBe('BILL_TOO_LARGE')
    expect(await readdir(folder)).not.toContain('bill.zip')
  })

  test('a connection on which nothing comes is given up', async () => {
    const { url } = await billServer((_, response) => {
      response.writeHead(200, { 'content-length': FILE.length })
      response.write(FILE.subarray(0, 10))
    })
    const timers: (() => void)[] = []
    const { alipay } = gatewayOf({ bill_download_url: url })
    const clock = {
      now: () => MORNING.getTime(),
      setTimeout: (fire: () => void) => {
        timers.push(fire)
        return () => undefined
      },
    }
    const to = join(await temporaryFolder(), 'bill.zip')
    const work = downloadBill({
      alipay: { ...alipay, clock },
      billType: 'trade',
      billDate: '2026-01-01',
      to,
      attempts: 1,
      onProgress: () => setImmediate(() => timers.at(-1)?.()),
    })
    expect(await codeOf(work)).toBe('BILL_DOWNLOAD_FAILED')
    expect(await readFile(`${to}.part`)).toHaveLength(10)
  })

  test('can be called off', async () => {
    const { download, patiently } = await setUp(broken(FILE, 1_000))
    const controller = new AbortController()
    const reason = new Error('closing time')
    const fetching = download({ signal: controller.signal, onProgress: () => controller.abort(reason) })
    await expect(fetching).rejects.toBe(reason)
    await expect(patiently({ signal: controller.signal })).rejects.toBe(reason)
  })

  test('says why it gave up', async () => {
    const { download } = await setUp(whole(FILE))
    const lost = new TypeError('fetch failed')
    const fetch = () => Promise.reject(lost)
    await expect(download({ attempts: 2, fetch })).rejects.toMatchObject({ code: 'BILL_DOWNLOAD_FAILED', cause: lost })
  })

  test('does not ask for more when the disk takes no more', async () => {
    const { download, asked } = await setUp(whole(FILE))
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    const append = vi.spyOn(PartFile.prototype, 'append').mockRejectedValue(full)
    onTestFinished(() => append.mockRestore())
    await expect(download()).rejects.toMatchObject({ code: 'BILL_DOWNLOAD_FAILED', cause: full })
    expect(asked).toHaveLength(1)
  })

  test('says when the file cannot be written', async () => {
    const { download, folder } = await setUp(whole(FILE))
    expect(await codeOf(download({ to: join(folder, 'nowhere/bill.zip') }))).toBe('CONFIG_INVALID')
  })
})
