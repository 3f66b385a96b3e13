/**
 * `pnpm check:docs`: every block of the documentation compiles against the sources of this workspace and runs against
 * its built packages, what is generated is what the code says now, and the site can be
 * made. Arguments are parts of file names, to check only those pages.
 */
import { compiledCount, compileProblems } from './compile.ts'
import { readPages } from './documents.ts'
import { generatedProblems } from './generated.ts'
import { runPages } from './run-pages.ts'
import { listProblems, siteProblems } from './site.ts'
import { treatmentOf } from './treatment.ts'

const only = process.argv.slice(2)
const pages = readPages().filter(({ file }) => only.length === 0 || only.some((part) => file.includes(part)))

const mistakes = pages.flatMap(({ blocks }) =>
  blocks.flatMap((block) => {
    const treatment = treatmentOf(block)
    return treatment.is === 'mistake' ? [`${block.file}:${block.line} ${treatment.problem}`] : []
  }),
)
const compile = compileProblems(pages)
const { ran, notRun, problems } = await runPages(pages)
const site = only.length === 0 ? [...(await generatedProblems()), ...listProblems(), ...siteProblems()] : []
const all = [...mistakes, ...compile, ...problems, ...site]

for (const problem of all) console.error(problem)
for (const { block, reason } of notRun) console.log(`not run: ${block.file}:${block.line} ${reason}`)
console.log(
  `docs: ${compiledCount(pages)} blocks compiled, ${ran} run, ${notRun.length} not run, ${all.length} problems`,
)
process.exitCode = all.length === 0 ? 0 : 1
