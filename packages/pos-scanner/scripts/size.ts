/** `pnpm size`: the built browser entry stays within its budget and loads nothing. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { BROWSER_BUDGET } from './build-options.ts'

const problems = ['index.js', 'index.cjs'].flatMap((name) => {
  const code = readFileSync(fileURLToPath(new URL(`../dist/${name}`, import.meta.url)))
  const { length } = gzipSync(code, { level: 9 })
  process.stdout.write(
    `pos-scanner ${name}: ${code.length} bytes, ${length} gzipped; the budget is ${BROWSER_BUDGET}\n`,
  )
  const loads = /\bimport\b|\brequire\(|node:/.test(code.toString())
  return [
    ...(length < BROWSER_BUDGET ? [] : [`${name} is over its budget`]),
    ...(loads ? [`${name} loads something`] : []),
  ]
})

for (const problem of problems) process.stderr.write(`${problem}\n`)
process.exitCode = problems.length === 0 ? 0 : 1
