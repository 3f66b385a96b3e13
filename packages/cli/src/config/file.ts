import { resolve } from 'node:path'
import type { Context } from '../context.ts'

export const CONFIG_FILE = 'f2f.config.json'

export interface ConfigPlace {
  readonly path: string
  /** False for the one that is looked for without being asked: it need not be there. */
  readonly isNamed: boolean
}

/** Where the configuration is: a flag, then the environment, then the current folder. */
export const configPlace = ({ env, cwd }: Pick<Context, 'env' | 'cwd'>, flag: string | undefined): ConfigPlace => {
  const named = flag ?? env.F2F_CONFIG
  return { path: resolve(cwd, named ?? CONFIG_FILE), isNamed: named !== undefined }
}
