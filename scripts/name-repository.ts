/**
 * Names the repository in every published manifest: `node scripts/name-repository.ts owner/name`. Provenance names the
 * repository a package was built in, and npm refuses a manifest that names another.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publicPackages, ROOT } from './lib/workspace.ts'

const [repository = ''] = process.argv.slice(2)
if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) throw new Error('Usage: name-repository.ts <owner>/<name>')

for (const { dir } of publicPackages()) {
  const path = join(ROOT, dir, 'package.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as object
  const named = { type: 'git', url: `git+https://github.com/${repository}.git`, directory: dir }
  writeFileSync(path, `${JSON.stringify({ ...manifest, repository: named }, undefined, 2)}\n`)
}
