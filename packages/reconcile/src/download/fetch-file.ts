import { type Clock, F2fError, isF2fError } from '@f2f/core'
import { checkedRedirect } from './hosts.ts'
import type { PartFile, Validator } from './part-file.ts'

/** Carries one request for a file, without following redirects. */
export type FetchFile = (request: Request) => Promise<Response>

export interface Progress {
  /** Bytes there are, those of an earlier attempt included. */
  readonly received: number
  /** Bytes of the whole file; undefined when the server does not say. */
  readonly total: number | undefined
}

export interface FetchSettings {
  readonly fetch: FetchFile
  readonly clock: Clock
  readonly gateway: string | undefined
  readonly maxBytes: number
  readonly stallTimeout: number
  readonly signal: AbortSignal | undefined
  readonly onProgress: ((progress: Progress) => void) | undefined
}

/** `dead`: the link leads nowhere any more. `broken`: the connection was lost on the way, with what is known of why. */
export type FetchOutcome =
  | { readonly is: 'complete' }
  | { readonly is: 'dead' }
  | { readonly is: 'broken'; readonly cause?: unknown }

const REDIRECTS = 3
/** How every zip begins, an empty one too. */
const ZIP = Buffer.from('PK')

const headersFor = ({ isResumable, length, validator }: PartFile): Record<string, string> => {
  if (!isResumable) return { 'accept-encoding': 'identity' }
  const ifRange = validator.etag === undefined ? {} : { 'if-range': validator.etag }
  return { 'accept-encoding': 'identity', range: `bytes=${length}-`, ...ifRange }
}

/** A weak tag may name two different files, which must not be joined. */
const strongTag = (etag: string | null): string | undefined =>
  etag === null || etag.startsWith('W/') ? undefined : etag

const lengthOf = (response: Response): number | undefined => {
  const length = response.headers.get('content-length')
  return length === null || response.headers.has('content-encoding') ? undefined : Number(length)
}

/** Whether a partial answer goes on where the part ends, in the same file. */
const continues = (response: Response, { length, validator }: PartFile): boolean => {
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? []
  return Number(from) === length && (validator.total === undefined || Number(total) === validator.total)
}

const tooLarge = (maxBytes: number): F2fError =>
  new F2fError('BILL_TOO_LARGE', 'The bill is larger than allowed.', { details: { maxBytes } })

/** Gives a request up when nothing comes for a while. */
class Watchdog {
  readonly #controller = new AbortController()
  readonly #settings: FetchSettings
  #stop: () => void = () => undefined

  constructor(settings: FetchSettings) {
    this.#settings = settings
    this.feed()
  }

  get signal(): AbortSignal {
    const { signal } = this.#settings
    return signal === undefined ? this.#controller.signal : AbortSignal.any([signal, this.#controller.signal])
  }

  feed(): void {
    this.#stop()
    const { clock, stallTimeout } = this.#settings
    this.#stop = clock.setTimeout(() => this.#controller.abort(), stallTimeout)
  }

  end(): void {
    this.#stop()
  }
}

const send = async (url: URL, part: PartFile, signal: AbortSignal, settings: FetchSettings): Promise<Response> => {
  let address = url
  for (let left = REDIRECTS; ; left--) {
    const request = new Request(address, { headers: headersFor(part), redirect: 'manual', signal })
    const response = await settings.fetch(request)
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null) return response
    await response.body?.cancel()
    if (left === 0) throw new F2fError('BILL_LINK_REFUSED', 'The link to the bill redirects without end.')
    address = checkedRedirect(address, location, settings.gateway)
  }
}

/** Makes the part ready for what the response holds; false when the response is of no use. */
const prepare = async (response: Response, part: PartFile): Promise<boolean> => {
  if (response.status === 206) return continues(response, part)
  if (response.status !== 200) return false
  const validator: Validator = { etag: strongTag(response.headers.get('etag')), total: lengthOf(response) }
  await part.restart(validator)
  return true
}

const store = async (body: AsyncIterable<Uint8Array>, part: PartFile, watchdog: Watchdog, settings: FetchSettings) => {
  const { maxBytes, onProgress } = settings
  const { total } = part.validator
  if (total !== undefined && total > maxBytes) throw tooLarge(maxBytes)
  for await (const bytes of body) {
    watchdog.feed()
    if (part.length + bytes.length > maxBytes) throw tooLarge(maxBytes)
    await part.append(bytes).catch((cause: unknown) => {
      throw new F2fError('BILL_DOWNLOAD_FAILED', 'The bill could not be written to the disk.', { cause })
    })
    onProgress?.({ received: part.length, total })
  }
}

const outcomeOf = async (part: PartFile): Promise<FetchOutcome> => {
  const { total } = part.validator
  if (total !== undefined && part.length !== total) return { is: 'broken' }
  // A dead link may answer 200 with a page of words.
  if ((await part.start(ZIP.length)).equals(ZIP)) return { is: 'complete' }
  await part.restart({ etag: undefined, total: undefined })
  return { is: 'dead' }
}

const refusedOutcome = async ({ status }: Response, part: PartFile): Promise<FetchOutcome> => {
  if (status === 206 || status === 416) await part.restart({ etag: undefined, total: undefined })
  const isDead = status >= 400 && status < 500 && status !== 416 && status !== 429
  return { is: isDead ? 'dead' : 'broken' }
}

/**
 * Fetches a file, or the rest of it, in bounded pieces.
 *
 * @throws F2fError `BILL_TOO_LARGE`, `BILL_LINK_REFUSED`, `BILL_DOWNLOAD_FAILED` when the disk takes no more; the signal's reason when it was given up
 */
export const fetchFile = async (url: URL, part: PartFile, settings: FetchSettings): Promise<FetchOutcome> => {
  const watchdog = new Watchdog(settings)
  try {
    const response = await send(url, part, watchdog.signal, settings)
    if (!(await prepare(response, part))) {
      await response.body?.cancel()
      return await refusedOutcome(response, part)
    }
    if (response.body !== null) await store(response.body, part, watchdog, settings)
    return await outcomeOf(part)
  } catch (error) {
    settings.signal?.throwIfAborted()
    if (isF2fError(error)) throw error
    return { is: 'broken', cause: error }
  } finally {
    watchdog.end()
  }
}
