import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file in a folder of its own. */
export const temporaryFile = async (): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'f2f-sqlite-'))
  return { path: join(folder, 'payments.db'), remove: () => rm(folder, { recursive: true, force: true }) }
}
