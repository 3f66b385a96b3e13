import type { Clock } from '../clock.ts'
import type { Scan, ScannerProblem, Source } from '../scan.ts'
import { openScanner, type Scanner, type ScannerOptions } from '../scanner.ts'

/** What the contract needs to drive a source. */
export interface SourceHarness {
  readonly source: Source
  readonly clock: Clock
  /** Sends one transmission of the scanner, with its usual suffix or without one. */
  send(text: string, suffix: boolean): void | Promise<void>
  /** Lets time pass, ms. */
  advance(ms: number): void | Promise<void>
  /** How many listeners the source has on the device or page. */
  listeners(): number
  /** Pulls the plug, and puts it back; left out where there is none to pull. */
  readonly unplug?: () => void | Promise<void>
  readonly replug?: () => void | Promise<void>
}

/** One thing every source must do. `run` rejects where a source does not. */
export interface SourceCheck {
  readonly id: string
  readonly name: string
  /** Whether it is about sources that can be unplugged: only for harnesses with `unplug` and `replug`. */
  readonly needsPlug: boolean
  run(harness: SourceHarness): Promise<void>
}

const ALIPAY = '287612345678901234'
const OTHER = '301234567890123456'
const WECHAT = '134567890123456789'
const UNIONPAY = '6212345678901234567'
/** Longer than a pause between two scans has to be, for any source, ms. */
const PAUSE = 1_000

interface Open {
  readonly scanner: Scanner
  readonly scans: Scan[]
  readonly problems: ScannerProblem[]
  /** Sends with suffix, and waits until whatever comes of it is there. */
  scan(text: string): Promise<void>
}

const open = async (harness: SourceHarness, options: Partial<ScannerOptions> = {}): Promise<Open> => {
  const scans: Scan[] = []
  const problems: ScannerProblem[] = []
  const { source, clock } = harness
  const scanner = openScanner({
    source,
    clock,
    onScan: (scan) => scans.push(scan),
    onProblem: (problem) => problems.push(problem),
    ...options,
  })
  await harness.advance(PAUSE)
  const scan = async (text: string): Promise<void> => {
    await harness.send(text, true)
    await harness.advance(PAUSE)
  }
  return { scanner, scans, problems, scan }
}

const equal = (actual: unknown, expected: unknown): void => {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (is !== should) throw new Error(`is ${is}, should be ${should}`)
}

const codes = (scans: readonly Scan[]): string[] => scans.map(({ code }) => code)

type Check = (harness: SourceHarness) => Promise<void>

const readsAgainWhenBack: Check = async (harness) => {
  const { scans, problems, scan } = await open(harness)
  await harness.unplug?.()
  await harness.advance(PAUSE)
  equal(
    problems.map(({ code }) => code),
    ['UNPLUGGED'],
  )
  await harness.replug?.()
  await harness.advance(5_000)
  await scan(ALIPAY)
  equal(codes(scans), [ALIPAY])
}

const CHECKS: readonly (readonly [id: string, name: string, run: Check])[] = [
  [
    'SC-01',
    'reports one code once, with its kind and the time of the clock',
    async (harness) => {
      const { scans, scan } = await open(harness)
      const from = harness.clock.now()
      await scan(ALIPAY)
      equal(codes(scans), [ALIPAY])
      equal(scans[0]?.kind, 'alipay')
      equal(scans[0] !== undefined && scans[0].at >= from && scans[0].at <= harness.clock.now(), true)
    },
  ],
  [
    'SC-02',
    'tells the wallets apart',
    async (harness) => {
      const { scans, scan } = await open(harness)
      for (const code of [ALIPAY, WECHAT, UNIONPAY, 'wxp://f2f0AbCdEf', '4006381333931']) await scan(code)
      equal(
        scans.map(({ kind }) => kind),
        ['alipay', 'wechat', 'unionpay', 'qr-text', 'unknown'],
      )
    },
  ],
  [
    'SC-03',
    'needs no suffix',
    async (harness) => {
      const { scans } = await open(harness)
      await harness.send(ALIPAY, false)
      await harness.advance(PAUSE)
      equal(codes(scans), [ALIPAY])
    },
  ],
  [
    'SC-04',
    'takes the prefix off, and nothing without it is a scan',
    async (harness) => {
      const { scans, scan } = await open(harness, { prefix: '#;' })
      await scan(ALIPAY)
      await scan(`#;${OTHER}`)
      equal(codes(scans), [OTHER])
    },
  ],
  [
    'SC-05',
    'takes the AIM identifier off and reports it',
    async (harness) => {
      const { scans, scan } = await open(harness)
      await scan(`]C0${ALIPAY}`)
      await scan(OTHER)
      equal(
        scans.map(({ code, kind, aim }) => [code, kind, aim ?? '-']),
        [
          [ALIPAY, 'alipay', ']C0'],
          [OTHER, 'alipay', '-'],
        ],
      )
    },
  ],
  [
    'SC-06',
    'keeps two scans in a row apart',
    async (harness) => {
      const { scans } = await open(harness)
      await harness.send(ALIPAY, true)
      await harness.send(OTHER, true)
      await harness.advance(PAUSE)
      equal(codes(scans), [ALIPAY, OTHER])
    },
  ],
  [
    'SC-07',
    'takes the same code within dedupeWithin for the same scan',
    async (harness) => {
      const { scans, scan } = await open(harness, { dedupeWithin: 5_000 })
      await scan(ALIPAY)
      await scan(ALIPAY)
      equal(codes(scans), [ALIPAY])
      await harness.advance(6_000)
      await scan(ALIPAY)
      equal(codes(scans), [ALIPAY, ALIPAY])
    },
  ],
  [
    'SC-08',
    'drops a code that is too long and says so without showing it',
    async (harness) => {
      const { scans, problems, scan } = await open(harness, { maxLength: 20 })
      await scan(`${ALIPAY}99999`)
      equal(scans, [])
      equal(problems, [{ code: 'TOO_LONG' }])
      await scan(OTHER)
      equal(codes(scans), [OTHER])
    },
  ],
  [
    'SC-09',
    'does not report what is shorter than minLength',
    async (harness) => {
      const { scans, scan } = await open(harness)
      await scan('12345')
      equal(scans, [])
    },
  ],
  [
    'SC-10',
    'reads a text of 200 characters whole',
    async (harness) => {
      const { scans, scan } = await open(harness)
      const text = `https://example.com/${'0123456789'.repeat(18)}`
      await scan(text)
      equal(codes(scans), [text])
    },
  ],
  [
    'SC-11',
    'reports nothing after close and leaves no listener behind',
    async (harness) => {
      const before = harness.listeners()
      const { scanner, scans, problems, scan } = await open(harness)
      equal(harness.listeners() > before, true)
      scanner.close()
      scanner.close()
      equal(harness.listeners(), before)
      await scan(ALIPAY)
      equal([scans, problems], [[], []])
    },
  ],
  ['SC-12', 'says when the scanner is unplugged, and reads it again when it is back', readsAgainWhenBack],
]

/**
 * What every source must do, as plain data for any test runner.
 *
 * ```ts
 * for (const { id, name, run } of sourceContract) test(`${id} ${name}`, () => run(createHarness()))
 * ```
 */
export const sourceContract: readonly SourceCheck[] = CHECKS.map(([id, name, run]) => ({
  id,
  name,
  needsPlug: run === readsAgainWhenBack,
  run,
}))
