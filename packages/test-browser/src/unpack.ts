import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Where `@sparticuz/chromium` was unpacked. */
export interface Unpacked {
  readonly executable: string
  readonly fonts: string
  /** Libraries for machines that lack them. */
  readonly libraries: string
}

const CACHE = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))
const MODULE = import.meta.resolve('@sparticuz/chromium')

const run = promisify(execFile)

/**
 * Unpacks the Chromium of `@sparticuz/chromium` once for each version. The package writes into the temporary folder and
 * takes a half-written file for a whole one; here it writes into a folder of its own, which is then moved into place.
 */
export const unpack = async (): Promise<Unpacked> => {
  const { version } = JSON.parse(await readFile(new URL('../package.json', MODULE), 'utf8')) as { version: string }
  const folder = join(CACHE, `chromium-${version}`)
  if (!existsSync(folder)) {
    await mkdir(CACHE, { recursive: true })
    const own = await mkdtemp(join(CACHE, 'unpacking-'))
    const script = `(await import(${JSON.stringify(MODULE)})).default.executablePath()`
    // On Amazon Linux it unpacks its libraries too.
    const env = { ...process.env, TMPDIR: own, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }
    await run(process.execPath, ['--input-type=module', '--eval', script], { env })
    await rename(own, folder).catch(async (error: unknown) => {
      await rm(own, { recursive: true })
      // Another process may have been first.
      if (!existsSync(folder)) throw error
    })
  }
  return {
    executable: join(folder, 'chromium'),
    fonts: join(folder, 'fonts'),
    libraries: join(folder, 'al2023', 'lib'),
  }
}
