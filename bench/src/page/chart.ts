import { figure } from '../stats.ts'

export interface ChartLine {
  readonly name: string
  /** A limit is drawn dashed, so that it is told apart without colour. */
  readonly isLimit: boolean
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

export interface Chart {
  /** Must be fit for an attribute `id`. */
  readonly id: string
  readonly title: string
  /** What the chart shows, for those who cannot see it. */
  readonly description: string
  readonly xLabel: string
  readonly yLabel: string
  readonly lines: readonly ChartLine[]
}

const WIDTH = 720
const PLOT = { left: 84, right: 44, top: 44, height: 260 }
const AXIS = 52
const LEGEND_LINE = 22
/** Colours that most colour-blind people tell apart (Okabe and Ito), made lighter on dark ground. */
const COLOURS: readonly (readonly [light: string, dark: string])[] = [
  ['#0060a8', '#56b4e9'],
  ['#b34700', '#ff9d5c'],
  ['#00714f', '#3ddbaa'],
  ['#8f3f71', '#e79ac4'],
  ['#6b6000', '#e6d94a'],
]
const MARKS = ['circle', 'square', 'diamond', 'triangle'] as const

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

const short = (value: number): string => value.toFixed(1).replace(/\.0$/, '')

/** The values 1, 2 and 5 times a power of ten, or the powers alone when there would be many, that enclose a range. */
const ticksOf = (values: readonly number[]): readonly number[] => {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  const [from, to] = [Math.floor(Math.log10(lowest)) - 1, Math.ceil(Math.log10(highest)) + 1]
  const steps = Math.log10(highest / lowest) > 2.5 ? [1] : [1, 2, 5]
  const all = Array.from({ length: to - from + 1 }, (_, index) =>
    steps.map((step) => step * 10 ** (from + index)),
  ).flat()
  const first = all.findLastIndex((tick) => tick <= lowest * 1.0001)
  const last = all.findIndex((tick, index) => index > first && tick >= highest * 0.9999)
  return all.slice(first, last + 1)
}

/** Places a value between the first and the last tick, 0 to 1, on a logarithmic scale. */
const scaleOf = (ticks: readonly number[]): ((value: number) => number) => {
  const [first, last] = [Math.log(ticks[0] ?? 1), Math.log(ticks.at(-1) ?? 1)]
  return (value) => (last === first ? 0.5 : (Math.log(value) - first) / (last - first))
}

const markAt = (index: number, x: number, y: number): string => {
  const place = `transform="translate(${short(x)} ${short(y)})"`
  switch (MARKS[index % MARKS.length]) {
    case 'square':
      return `<rect x="-4" y="-4" width="8" height="8" ${place}/>`
    case 'diamond':
      return `<path d="M0-5.5 5.5 0 0 5.5-5.5 0z" ${place}/>`
    case 'triangle':
      return `<path d="M0-5.5 5 4H-5z" ${place}/>`
    default:
      return `<circle r="4.5" ${place}/>`
  }
}

const styleOf = (lines: number): string => {
  const classes = (shade: 0 | 1): string =>
    Array.from({ length: lines }, (_, index) => `.l${index}{--c:${COLOURS[index % COLOURS.length]?.[shade]}}`).join('')
  return [
    'text{font:14px system-ui,sans-serif;fill:#24292f}.t{font-weight:600;font-size:16px}.g{stroke:#d0d7de}.b{fill:#fff}',
    'polyline{fill:none;stroke:var(--c);stroke-width:2}.m{fill:var(--c)}.d polyline{stroke-dasharray:6 4}',
    classes(0),
    `@media(prefers-color-scheme:dark){text{fill:#e6edf3}.g{stroke:#3d444d}.b{fill:#0d1117}${classes(1)}}`,
  ].join('')
}

/** A small chart of how cost grows: both axes logarithmic, so that a cost that grows as the work does is straight. */
export const drawChart = ({ id, title, description, xLabel, yLabel, lines }: Chart): string => {
  // A logarithm has no place for zero.
  const drawn = lines.map((line) => ({ ...line, points: line.points.filter(({ x, y }) => x > 0 && y > 0) }))
  const points = drawn.flatMap((line) => line.points)
  if (points.length === 0) throw new Error(`${id}: nothing to draw`)
  const xs = [...new Set(points.map(({ x }) => x))].sort((left, right) => left - right)
  const ys = ticksOf(points.map(({ y }) => y))
  const [across, up] = [scaleOf(xs), scaleOf(ys)]
  const width = WIDTH - PLOT.left - PLOT.right
  const bottom = PLOT.top + PLOT.height
  const atX = (value: number): number => PLOT.left + across(value) * width
  const atY = (value: number): number => bottom - up(value) * PLOT.height
  const height = bottom + AXIS + lines.length * LEGEND_LINE + 8
  const columns = xs.flatMap((x) => [
    `<line class="g" x1="${short(atX(x))}" x2="${short(atX(x))}" y1="${PLOT.top}" y2="${bottom}"/>`,
    `<text x="${short(atX(x))}" y="${bottom + 18}" text-anchor="middle">${figure(x)}</text>`,
  ])
  const levels = ys.flatMap((y) => [
    `<line class="g" x1="${PLOT.left}" x2="${WIDTH - PLOT.right}" y1="${short(atY(y))}" y2="${short(atY(y))}"/>`,
    `<text x="${PLOT.left - 8}" y="${short(atY(y) + 5)}" text-anchor="end">${figure(y)}</text>`,
  ])
  const curves = drawn.map(({ isLimit, points: own }, index) => {
    const path = own.map(({ x, y }) => `${short(atX(x))},${short(atY(y))}`).join(' ')
    const marks = own.map(({ x, y }) => markAt(index, atX(x), atY(y))).join('')
    return `<g class="l${index}${isLimit ? ' d' : ''}"><polyline points="${path}"/><g class="m">${marks}</g></g>`
  })
  const legend = drawn.map(({ name, isLimit }, index) => {
    const y = bottom + AXIS + index * LEGEND_LINE
    const key = `<polyline points="${PLOT.left},${y} ${PLOT.left + 36},${y}"/><g class="m">${markAt(index, PLOT.left + 18, y)}</g>`
    return `<g class="l${index}${isLimit ? ' d' : ''}">${key}</g><text x="${PLOT.left + 46}" y="${y + 5}">${escaped(name)}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${escaped(title)}</title>`,
    `<desc id="${id}-desc">${escaped(description)}</desc>`,
    `<style>${styleOf(lines.length)}</style>`,
    `<rect class="b" width="${WIDTH}" height="${height}" rx="6"/>`,
    `<text class="t" x="${PLOT.left}" y="26">${escaped(yLabel)}</text>`,
    ...columns,
    ...levels,
    `<text x="${WIDTH - PLOT.right}" y="${bottom + 36}" text-anchor="end">${escaped(xLabel)}</text>`,
    ...curves,
    ...legend,
    '</svg>',
    '',
  ].join('\n')
}
