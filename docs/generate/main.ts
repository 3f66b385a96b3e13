/** `pnpm --filter @f2f/docs generate`: writes what the code knows into `docs/generated`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GENERATED } from '../check/generated.ts'
import { generatedFiles } from './files.ts'

const files = await generatedFiles()
rmSync(GENERATED, { recursive: true, force: true })
mkdirSync(GENERATED, { recursive: true })
for (const [name, text] of files) writeFileSync(join(GENERATED, name), text)
console.log(`${files.size} files in docs/generated`)
