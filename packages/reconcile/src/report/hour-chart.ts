import { signedYuan } from '../amount.ts'
import type { HourTotals } from '../compare/hours.ts'
import type { Words } from './words.ts'

const WIDTH = 960
const STEP = WIDTH / 24
const BAR = 26
const PAYMENTS = 150
const REFUNDS = 40
const TOP = 24
const HEIGHT = TOP + PAYMENTS + REFUNDS + 20

const rounded = (value: number): string => String(Math.round(value * 10) / 10)

const bar = (kind: string, x: number, y: number, height: number): string =>
  height === 0
    ? ''
    : `<rect class="${kind}" x="${rounded(x)}" y="${rounded(y)}" width="${BAR}" height="${rounded(height)}"/>`

const badge = (x: number, differences: number): string =>
  differences === 0
    ? ''
    : `<circle class="difference" cx="${rounded(x)}" cy="12" r="10"/><text class="badge" x="${rounded(x)}" y="16">${differences}</text>`

/** What is there can be seen, however small. */
const heightOf = (amount: number, scale: number): number => (amount <= 0 ? 0 : Math.max(1, amount * scale))

/** Payments upwards, refunds downwards, differences as numbers above: one drawing without scripts. */
export const hourChart = (hours: readonly HourTotals[], words: Words): string => {
  const most = Math.max(1, ...hours.map(({ paymentAmount }) => paymentAmount))
  const mostBack = Math.max(1, ...hours.map(({ refundAmount }) => refundAmount))
  // One scale for both, or a small refund would look as large as a day's business.
  const scale = Math.min(PAYMENTS / most, REFUNDS / mostBack)
  const base = TOP + PAYMENTS
  const columns = hours.map(({ hour, paymentAmount, refundAmount, differences }) => {
    const x = hour * STEP + (STEP - BAR) / 2
    const middle = x + BAR / 2
    const up = heightOf(paymentAmount, scale)
    const down = heightOf(refundAmount, scale)
    const title = words.hourTitle(hour, signedYuan(paymentAmount), signedYuan(refundAmount), differences)
    return [
      `<g><title>${title}</title>`,
      bar('payment', x, base - up, up),
      bar('refund', x, base + 1, down),
      badge(middle, differences),
      `<text class="hour" x="${rounded(middle)}" y="${HEIGHT - 4}">${hour}</text></g>`,
    ].join('')
  })
  const axis = `<line class="axis" x1="0" y1="${base}" x2="${WIDTH}" y2="${base}"/>`
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words.byHour}">${columns.join('')}${axis}</svg>`
}
