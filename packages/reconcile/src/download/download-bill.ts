import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type BillType, type Clock, F2fError, holdingClock } from '@f2f/core'
import { type Period, readPeriod, usuallyReadyAt } from '../period.ts'
import { askLink, type BillGateway, type EmptyReason } from './ask-link.ts'
import { type FetchFile, type FetchOutcome, type FetchSettings, fetchFile, type Progress } from './fetch-file.ts'
import { checkedLink } from './hosts.ts'
import { PartFile } from './part-file.ts'

export interface DownloadBillOptions {
  readonly alipay: BillGateway
  readonly billType: BillType
  /** `yyyy-MM-dd` or `yyyy-MM`, Beijing time. */
  readonly billDate: string
  /** The file to write, or a folder, in which the file is named by type and date. */
  readonly to: string
  /** The merchant behind a platform; only with `trade_zft_merchant`. */
  readonly smid?: string | undefined
  /** Act for this merchant. */
  readonly appAuthToken?: string | undefined
  /** Most that the file may have. Default 4 GiB. */
  readonly maxBytes?: number | undefined
  /** Links asked for before giving up. Default 5. */
  readonly attempts?: number | undefined
  /** A connection is given up when nothing comes for this long. Milliseconds, default 30,000. */
  readonly stallTimeout?: number | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Default: the platform's `fetch`. It is given requests that must not follow redirects. */
  readonly fetch?: FetchFile | undefined
}

/** What came of a download. Only `downloaded` and some `empty` days leave a file. */
export type BillDownload =
  | { readonly status: 'downloaded'; readonly path: string; readonly bytes: number }
  /** Alipay says there was no business. `path` is there when it gave a file all the same. */
  | { readonly status: 'empty'; readonly reason: EmptyReason; readonly path: string | undefined }
  /** The file is not made yet. Nothing was fetched. */
  | { readonly status: 'notReady'; readonly usuallyReadyAt: Date }

const GIB = 1024 ** 3
const FIRST_WAIT = 1_000

const pathOf = async (to: string, billType: string, billDate: string): Promise<string> => {
  const isFolder = await stat(to).then(
    (found) => found.isDirectory(),
    () => false,
  )
  return isFolder ? join(to, `${billType}-${billDate}.csv.zip`) : to
}

const waiting = (clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const give = () => {
      stop()
      reject(signal?.reason)
    }
    const stop = clock.setTimeout(() => {
      signal?.removeEventListener('abort', give)
      resolve()
    }, ms)
    signal?.addEventListener('abort', give, { once: true })
  })

const settingsOf = (options: DownloadBillOptions): FetchSettings => ({
  fetch: options.fetch ?? fetch,
  clock: options.alipay.clock,
  gateway: options.alipay.gateway,
  maxBytes: options.maxBytes ?? 4 * GIB,
  stallTimeout: options.stallTimeout ?? 30_000,
  signal: options.signal,
  onProgress: options.onProgress,
})

const notReady = (period: Period): BillDownload => ({
  status: 'notReady',
  usuallyReadyAt: new Date(usuallyReadyAt(period)),
})

/** Asks for links and fetches until the file is whole. */
const attempt = async (options: DownloadBillOptions, period: Period, path: string): Promise<BillDownload> => {
  const { alipay, billType, smid, appAuthToken, signal, attempts = 5 } = options
  const settings = settingsOf(options)
  const question = { alipay, billType, period, smid, options: { signal, appAuthToken } }
  let cause: unknown
  for (let tried = 0; tried < attempts; tried++) {
    if (tried > 1) await waiting(alipay.clock, FIRST_WAIT * 2 ** (tried - 2), signal)
    const answer = await askLink(question)
    if (answer.is === 'notReady') return notReady(period)
    if (answer.is === 'empty') return { status: 'empty', reason: answer.reason, path: undefined }
    const url = checkedLink(answer.url, alipay.gateway)
    const { outcome, bytes } = await holdingClock(alipay.clock, () => fetchWhole(url, path, settings))
    if (outcome.is === 'broken') cause = outcome.cause ?? cause
    if (outcome.is !== 'complete') continue
    return answer.emptyReason === undefined
      ? { status: 'downloaded', path, bytes }
      : { status: 'empty', reason: answer.emptyReason, path }
  }
  throw new F2fError('BILL_DOWNLOAD_FAILED', `The bill could not be fetched in ${attempts} attempts.`, {
    details: { attempts },
    cause,
  })
}

/** What is not whole is kept, to be gone on with. */
const fetchWhole = async (
  url: URL,
  path: string,
  settings: FetchSettings,
): Promise<{ readonly outcome: FetchOutcome; readonly bytes: number }> => {
  const part = await PartFile.open(path)
  let outcome: FetchOutcome = { is: 'broken' }
  try {
    outcome = await fetchFile(url, part, settings)
  } finally {
    await (outcome.is === 'complete' ? part.finish() : part.close())
  }
  return { outcome, bytes: part.length }
}

/**
 * Downloads a bill: asks Alipay for a link, which lives for 30 seconds, and fetches at once. A link that died is asked
 * for again; a connection that broke is gone on with where it broke, also after a restart of the process. The file has
 * its name only when it is whole.
 *
 * A day without business is `empty`, in whatever way Alipay says so. Before a file usually is there (09:00 of the next
 * day), "does not exist" is taken for `notReady`; later it is taken for `empty`, so hold an `empty` day against your
 * own books.
 *
 * @throws F2fError `BILL_REFUSED`, `BILL_UNAVAILABLE`, `BILL_LINK_REFUSED`, `BILL_TOO_LARGE`, `BILL_DOWNLOAD_FAILED`,
 *   `CONFIG_INVALID`, and what the client's `billDownloadUrl` throws
 */
export const downloadBill = async (options: DownloadBillOptions): Promise<BillDownload> => {
  const period = readPeriod(options.billDate)
  options.signal?.throwIfAborted()
  const { alipay, to, billType, billDate } = options
  const path = await holdingClock(alipay.clock, () => pathOf(to, billType, billDate))
  return attempt(options, period, path)
}
