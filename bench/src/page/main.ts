/** `node src/page/main.ts <results.json>`: makes the documentation's pages again from an earlier run. */
import { readFile } from 'node:fs/promises'
import type { Report } from '../report.ts'
import { writePages } from './write.ts'

const [path] = process.argv.slice(2)
if (path === undefined) throw new Error('say which file of results/ to use')
const report = JSON.parse(await readFile(path, 'utf8')) as Report
console.log((await writePages(report)).join('\n'))
