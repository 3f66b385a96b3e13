/** Child process of the reconcile bench: does one thing with a bill in a process of its own, and says what it took. */
import { createReadStream, readFileSync } from 'node:fs'
import { type OurRow, readBill, reconcile } from '@f2f/reconcile'
import { parse } from 'csv-parse'
import { parse as parseAll } from 'csv-parse/sync'
import { billAmount, billMoment, orderNumber } from './bill-file.ts'

/** What the child process prints, as JSON. */
export interface ReconcileRun {
  readonly rowsPerSecond: number
  readonly peakMiB: number
}

type Work = (path: string, rows: number) => Promise<number>

/** Our side of the same day, row by row. */
function* ours(rows: number): Generator<OurRow> {
  for (let index = 0; index < rows; index++) {
    yield { kind: 'payment', outTradeNo: orderNumber(index), amount: billAmount(index), at: billMoment(index, rows) }
  }
}

const CSV = { quote: null, relax_column_count: true } as const

/** The limit: the library reads the text and nothing is done with it. */
const csvAlone: Work = async (path) => {
  const text = new TextDecoderStream('gb18030')
  const bytes = createReadStream(path)
  const parser = parse(CSV)
  void (async () => {
    const writer = text.writable.getWriter()
    for await (const chunk of bytes) await writer.write(chunk)
    await writer.close()
  })()
  void (async () => {
    for await (const chunk of text.readable) {
      if (!parser.write(chunk)) await new Promise((resolve) => parser.once('drain', resolve))
    }
    parser.end()
  })()
  let lines = 0
  for await (const _ of parser) lines++
  return lines
}

/** How it is done when nobody thinks of memory: everything into one map, then look every row up. */
const loadEverything: Work = async (path, rows) => {
  const text = new TextDecoder('gb18030').decode(readFileSync(path))
  const records = parseAll(text, CSV) as string[][]
  const booked = new Map([...ours(rows)].map((row) => [row.outTradeNo, row]))
  let matched = 0
  for (const record of records) {
    const row = booked.get((record[1] ?? '').trim())
    if (row !== undefined && Math.round(Number(record[11]) * 100) === row.amount) matched++
  }
  return matched
}

const f2f: Work = async (path, rows) => {
  const result = await reconcile({ bill: readBill(path), ours: ours(rows) })
  if (!result.isClean) throw new Error(`${result.differenceCount} differences where there are none`)
  return result.buckets.matched.count
}

export const WORKS = { csvAlone, loadEverything, f2f } as const

const measure = async (work: keyof typeof WORKS, path: string, rows: number): Promise<ReconcileRun> => {
  const start = performance.now()
  const done = await WORKS[work](path, rows)
  const seconds = (performance.now() - start) / 1_000
  if (done < rows) throw new Error(`${work} saw ${done} of ${rows} rows`)
  return { rowsPerSecond: rows / seconds, peakMiB: process.resourceUsage().maxRSS / 1_024 }
}

if (import.meta.main) {
  const [work = 'f2f', path = '', rows = ''] = process.argv.slice(2)
  console.log(JSON.stringify(await measure(work as keyof typeof WORKS, path, Number(rows))))
}
