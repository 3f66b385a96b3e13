import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedFiles } from '../generate/files.ts'
import { DOCS } from './documents.ts'

export const GENERATED = join(DOCS, 'generated')

const REMEDY = 'run `pnpm --filter @f2f/docs generate` and commit it'

/** Generated files that are missing, left over, or not what the code says now. */
export const generatedProblems = async (): Promise<readonly string[]> => {
  const files = await generatedFiles()
  const there = existsSync(GENERATED) ? readdirSync(GENERATED) : []
  const leftOver = there.filter((name) => !files.has(name)).map((name) => `docs/generated/${name} is left over`)
  const stale = [...files].flatMap(([name, text]) =>
    there.includes(name) && readFileSync(join(GENERATED, name), 'utf8') === text
      ? []
      : [`docs/generated/${name} is out of date: ${REMEDY}`],
  )
  return [...leftOver, ...stale]
}
