import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Simulator } from '@f2f/simulator'
import { CONFIG_FILE } from '../config/file.ts'
import { readText } from '../config/settings.ts'
import { PRIVATE, writeNew, writeOver } from '../files.ts'
import { Problem } from '../problem.ts'
import { text } from '../text.ts'

const FILES = { own: 'simulator/app-private.pem', ownPublic: 'simulator/app-public.pem', alipay: 'simulator/alipay' }
export const APP_ID = '2021000000000001'

interface Keys {
  readonly privateKey: string
  readonly alipayPrivateKey: string
}

const orNew = async (path: string): Promise<string | undefined> => {
  try {
    return await readText(path)
  } catch {
    return undefined
  }
}

/** Keys that stay the same from run to run, so that what was configured once goes on working. */
export const keysIn = async (dir: string): Promise<Partial<Keys>> => {
  const [privateKey, alipayPrivateKey] = await Promise.all([
    orNew(join(dir, FILES.own)),
    orNew(join(dir, `${FILES.alipay}-private.pem`)),
  ])
  return {
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(alipayPrivateKey === undefined ? {} : { alipayPrivateKey }),
  }
}

const configOf = (gateway: string) => ({
  appId: APP_ID,
  gateway,
  privateKeyFile: FILES.own,
  alipayPublicKeyFile: `${FILES.alipay}-public.pem`,
})

/** The configuration that is there; what is no configuration of ours is nobody's to change, and has no fields. */
const configIn = async (path: string): Promise<{ readonly privateKeyFile?: unknown } | undefined> => {
  try {
    const found: unknown = JSON.parse(await readFile(path, 'utf8'))
    return typeof found === 'object' && found !== null ? found : {}
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? undefined : {}
  }
}

/** Only a configuration that this command wrote is changed, and only its gateway. */
export const writeConfig = async (dir: string, gateway: string): Promise<void> => {
  const path = join(dir, CONFIG_FILE)
  const known = await configIn(path)
  if (known !== undefined && known.privateKeyFile !== FILES.own)
    throw new Problem('EXISTS', text(`${path} 已存在，不会覆盖。`, `${path} is there already and is not overwritten.`))
  const config = { ...known, ...configOf(gateway) }
  await writeOver(path, `${JSON.stringify(config, undefined, 2)}\n`)
}

/** Writes the keys that were not there. */
export const keep = async (
  dir: string,
  known: Partial<Keys>,
  simulator: Simulator,
  alipayKey: string,
): Promise<void> => {
  if (known.privateKey === undefined) {
    await writeNew(join(dir, FILES.own), simulator.appPrivateKey, PRIVATE)
    await writeNew(join(dir, FILES.ownPublic), simulator.appPublicKey)
  }
  if (known.alipayPrivateKey === undefined) {
    await writeNew(join(dir, `${FILES.alipay}-private.pem`), alipayKey, PRIVATE)
    await writeNew(join(dir, `${FILES.alipay}-public.pem`), simulator.alipayPublicKey)
  }
}
