import { describe, expect, it } from 'vitest'
import { type Chart, drawChart } from '../src/page/chart.ts'

const chart = (lines: Chart['lines']): Chart => ({
  id: 'growth-query',
  title: 'µs per query, by callers',
  description: 'f2f: 1: 100',
  xLabel: 'callers',
  yLabel: 'µs per query',
  lines,
})

const line = (points: readonly (readonly [number, number])[], name = 'f2f', isLimit = false) => ({
  name,
  isLimit,
  points: points.map(([x, y]) => ({ x, y })),
})

/** The places of a drawn line. */
const placesOf = (svg: string, index = 0): readonly (readonly [number, number])[] => {
  const [, points = ''] = new RegExp(`<g class="l${index}(?: d)?"><polyline points="([^"]*)"`).exec(svg) ?? []
  return points.split(' ').map((place) => place.split(',').map(Number) as [number, number])
}

describe('a growth chart', () => {
  it('puts each tenfold step at the same distance', () => {
    const places = placesOf(
      drawChart(
        chart([
          line([
            [1, 1],
            [10, 10],
            [100, 100],
            [1_000, 1_000],
          ]),
        ]),
      ),
    )
    const steps = places.slice(1).map(([x, y], index) => [x - (places[index]?.[0] ?? 0), y - (places[index]?.[1] ?? 0)])
    for (const [across, up] of steps) {
      expect(across).toBeCloseTo(steps[0]?.[0] ?? 0, 0)
      expect(up).toBeCloseTo(steps[0]?.[1] ?? 0, 0)
      expect(up).toBeLessThan(0)
    }
  })

  it('draws a cost that does not grow level', () => {
    const heights = placesOf(
      drawChart(
        chart([
          line([
            [1, 70],
            [10, 70],
            [100, 70],
          ]),
        ]),
      ),
    ).map(([, y]) => y)
    expect(new Set(heights).size).toBe(1)
  })

  it('keeps every point inside the plot', () => {
    for (const [x, y] of placesOf(
      drawChart(
        chart([
          line([
            [1, 0.003],
            [10, 12_345],
            [1_000, 9],
          ]),
        ]),
      ),
    )) {
      expect(x).toBeGreaterThanOrEqual(84)
      expect(x).toBeLessThanOrEqual(676)
      expect(y).toBeGreaterThanOrEqual(44)
      expect(y).toBeLessThanOrEqual(304)
    }
  })

  it('can be read by those who do not see it, or not in colour', () => {
    const svg = drawChart(chart([line([[1, 1]]), line([[1, 2]], 'openssl', true)]))
    expect(svg).toContain('role="img" aria-labelledby="growth-query-title growth-query-desc"')
    expect(svg).toContain('<title id="growth-query-title">µs per query, by callers</title>')
    expect(svg).toContain('<desc id="growth-query-desc">f2f: 1: 100</desc>')
    expect(svg).toContain('<g class="l1 d">')
    expect(svg).toMatch(/class="l0".*<circle[\s\S]*class="l1 d".*<rect/)
  })

  it('has colours for light and for dark ground', () => {
    expect(drawChart(chart([line([[1, 1]])]))).toContain('@media(prefers-color-scheme:dark)')
  })

  it('escapes what would be markup', () => {
    expect(drawChart(chart([line([[1, 1]], 'a < b & "c"')]))).toContain('>a &lt; b &amp; &quot;c&quot;</text>')
  })

  it('leaves out what a logarithm has no place for', () => {
    expect(
      placesOf(
        drawChart(
          chart([
            line([
              [1, 0],
              [10, 5],
              [100, 6],
            ]),
          ]),
        ),
      ),
    ).toHaveLength(2)
  })

  it('refuses to draw nothing', () => {
    expect(() => drawChart(chart([line([])]))).toThrow('growth-query: nothing to draw')
  })
})
