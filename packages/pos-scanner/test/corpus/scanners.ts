import type { Random } from './random.ts'

/** A scanner in keyboard mode, by published figures. No device was measured for this. */
export interface ScannerModel {
  readonly name: string
  /** Where the figure is published; the README has the list. */
  readonly source: string
  /** ms from one key to the next, for one scan or for one key of it. */
  gap(random: Random): number
}

const steady = (name: string, source: string, ms: number): ScannerModel => ({ name, source, gap: () => ms })

/** A character takes a make code, a break prefix and a break code. */
const SCAN_CODES = 3

export const SCANNERS: readonly ScannerModel[] = [
  steady('keyboard wedge, 0.8 ms between scan codes (default)', 'Honeywell 1202g', 0.8 * SCAN_CODES),
  steady('keyboard wedge, 7.5 ms between scan codes', 'Honeywell MS9540', 7.5 * SCAN_CODES),
  steady('keyboard wedge, 15 ms between scan codes', 'Honeywell MS9540', 15 * SCAN_CODES),
  ...[0, 10, 20, 50, 80, 90].map((ms) => steady(`inter-character delay ${ms} ms`, 'Datalogic HD3100', ms)),
  ...[12, 35, 50].map((ms) => steady(`Bluetooth keyboard, inter-key delay ${ms} ms`, 'MagTek BulleT', ms)),
  { name: 'Honeywell, 10 ms on average', source: 'point-of-sale', gap: (random) => random.real(7, 13) },
  { name: 'Zebra, 80 ms on average, up to 100 ms', source: 'point-of-sale', gap: (random) => random.real(60, 100) },
  {
    name: 'unnamed, 7 to 8 ms, sometimes 16 ms',
    source: 'bitsnpixels',
    gap: (random) => (random.chance(0.1) ? 16 : random.real(7, 8)),
  },
]

/** A scanner of any speed there is, which keeps its pace. */
export const anySpeed = (random: Random): ScannerModel => {
  const ms = random.real(2, 100)
  return steady(`${ms} ms`, 'the range of all above', ms)
}

/** How often a USB host asks a keyboard for news, ms. A key comes up with the next report. */
const POLLS = [1, 2, 4, 8, 10]
/** Share of events that a busy system passes on late, and how late they can be, ms. Later ones wait behind them. */
const LATE_SHARE = 0.005
const LATEST = 120

/** A key press as it arrives, ms from the first. */
export interface Arrival {
  readonly down: number
  readonly up: number
}

/** When each of `count` keys arrives. */
export const arrivals = (model: ScannerModel, count: number, random: Random): readonly Arrival[] => {
  const poll = random.pick(POLLS)
  let sent = 0
  let arrived = 0
  const arrive = (at: number): number => {
    const late = random.chance(LATE_SHARE) ? random.real(0, LATEST) : random.real(0, 1)
    arrived = Math.max(arrived, Math.ceil(at / poll) * poll + late)
    return arrived
  }
  return Array.from({ length: count }, () => {
    const gap = Math.max(model.gap(random), 2 * poll)
    const down = arrive(sent)
    const up = arrive(sent + poll)
    sent += gap
    return { down, up }
  })
}
