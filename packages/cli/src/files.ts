import { access, constants, link, mkdir, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Problem } from './problem.ts'
import { text } from './text.ts'

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

export const PRIVATE = 0o600
export const PUBLIC = 0o644

const unwritable = (path: string, error: unknown): Problem => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return new Problem('FILE', text(`无法写入 ${path}（${code}）。`, `Cannot write ${path} (${code}).`))
}

/** @throws Problem `FILE` */
const folderOf = async (path: string): Promise<void> => {
  try {
    await mkdir(dirname(path), { recursive: true })
    await access(dirname(path), constants.W_OK)
  } catch (error) {
    throw unwritable(path, error)
  }
}

const writePart = async (path: string, content: string | Uint8Array, mode: number): Promise<string> => {
  const part = `${path}.${process.pid}.part`
  await folderOf(path)
  const file = await open(part, 'wx', mode)
  try {
    await file.writeFile(content)
    await file.chmod(mode)
    await file.sync()
  } finally {
    await file.close()
  }
  return part
}

const taken = (path: string): Problem =>
  new Problem('EXISTS', text(`${path} 已存在，不会覆盖。`, `${path} is there already and is not overwritten.`))

/**
 * Before long work whose outcome could not be written.
 *
 * @throws Problem `EXISTS`, `FILE`
 */
export const refuseTaken = async (...paths: readonly string[]): Promise<void> => {
  for (const path of paths) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    if (isThere) throw taken(path)
    await folderOf(path)
  }
}

/**
 * Writes a file that must not be there yet, whole or not at all.
 *
 * @throws Problem `EXISTS`
 */
export const writeNew = async (path: string, content: string | Uint8Array, mode = PUBLIC): Promise<void> => {
  const part = await writePart(path, content, mode)
  try {
    // Unlike a rename, a link fails when the name is taken.
    await link(part, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
    throw taken(path)
  } finally {
    await unlink(part)
  }
}

/** Writes a file whole, in place of an earlier one. */
export const writeOver = async (path: string, content: string, mode = PUBLIC): Promise<void> => {
  await rename(await writePart(path, content, mode), path)
}
