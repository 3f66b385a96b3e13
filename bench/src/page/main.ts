/**
 * `node src/page/main.ts <results.json> …`: makes the documentation's pages from earlier runs on one machine. Several
 * are for cases that were run by themselves because they take long; of a case in two of them the last one counts.
 */
import { readFile } from 'node:fs/promises'
import { NOTES } from '../notes.ts'
import type { CaseResult, Report } from '../report.ts'
import { writePages } from './write.ts'

const read = async (path: string): Promise<Report> => JSON.parse(await readFile(path, 'utf8')) as Report

const [first, ...others] = await Promise.all(process.argv.slice(2).map(read))
if (first === undefined) throw new Error('say which files of results/ to use')
const machine = JSON.stringify(first.machine)
if (others.some((report) => JSON.stringify(report.machine) !== machine)) throw new Error('these are of two machines')
const results = new Map<string, CaseResult>(
  [first, ...others].flatMap((run) => run.results.map((one) => [one.id, one])),
)
const inOrder = Object.keys(NOTES).flatMap((id) => results.get(id) ?? [])
console.log((await writePages({ ...first, results: inOrder })).join('\n'))
