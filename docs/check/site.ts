import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { GROUPS } from '../.vitepress/pages.ts'
import { DOCS } from './documents.ts'

const FOLDERS = ['', 'zh/']
const HOME = 'index'

/** Pages that are listed and missing in a language, or there and not listed. */
export const listProblems = (): readonly string[] => {
  const listed = GROUPS.flatMap(({ pages }) => pages)
  const known = new Set([HOME, ...listed.map(({ name }) => name)])
  return FOLDERS.flatMap((folder) => {
    const there = globSync(`${folder}*.md`, { cwd: DOCS }).map((file) => file.slice(folder.length, -'.md'.length))
    const missing = listed
      .filter(({ name, optional }) => optional !== true && !existsSync(join(DOCS, folder, `${name}.md`)))
      .map(({ name }) => `docs/${folder}${name}.md is listed in docs/.vitepress/pages.ts, but does not exist`)
    const unlisted = there
      .filter((name) => !known.has(name))
      .map((name) => `docs/${folder}${name}.md is not listed in docs/.vitepress/pages.ts`)
    return [...missing, ...unlisted]
  })
}

/** What VitePress says when it cannot make the site, dead links among it. The API reference is left out. */
export const siteProblems = (): readonly string[] => {
  const { status, stdout, stderr } = spawnSync('vitepress', ['build', '--outDir', '.artifacts/site'], {
    cwd: DOCS,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${join(DOCS, 'node_modules/.bin')}:${process.env.PATH}`,
      F2F_DOCS_WITHOUT_API: 'yes',
      NO_COLOR: '1',
    },
  })
  return status === 0 ? [] : [`the site cannot be made:\n${stdout}${stderr}`]
}
