import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Report } from '../report.ts'
import { pagesOf } from './page.ts'

const DOCS = join(import.meta.dirname, '../../../docs')

/** Writes the pages about a run below `docs`, in place of those about an older one. Returns their paths. */
export const writePages = async (report: Report, docs = DOCS): Promise<readonly string[]> => {
  const pages = pagesOf(report)
  await rm(join(docs, 'performance'), { recursive: true, force: true })
  const paths: string[] = []
  for (const [name, content] of pages) {
    const path = join(docs, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
    paths.push(path)
  }
  return paths
}
