import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs `use` with a folder of its own, and takes the folder away. */
export const inFolder = async <T>(use: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'f2f-demo-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
