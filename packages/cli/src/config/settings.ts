import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Call } from '../command.ts'
import type { Context } from '../context.ts'
import { Problem } from '../problem.ts'
import { type Text, text } from '../text.ts'
import { checked } from './checked.ts'
import { CONFIG_FILE, configPlace } from './file.ts'
import { envName, FILES, type FileName, flagName, PLAIN, type PlainName } from './names.ts'
import type { Config } from './schema.ts'

const wrong = (what: Text): Problem => new Problem('CONFIG', what)

/** Reads a file that must be there; its content is never in a message. */
export const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Problem('FILE', text(`无法读取文件 ${path}（${code}）。`, `Cannot read ${path} (${code}).`))
  }
}

const parseJson = (content: string, path: string): unknown => {
  try {
    return JSON.parse(content)
  } catch {
    throw wrong(text(`${path} 不是有效的 JSON。`, `${path} is not JSON.`))
  }
}

interface Layer {
  readonly config: Config
  /** What relative paths in it start from. */
  readonly base: string
}

const isMissing = (error: unknown): boolean => error instanceof Problem && error.message.includes('(ENOENT)')

const fileLayer = async ({ context, flags }: Pick<Call, 'context' | 'flags'>): Promise<Layer> => {
  const { path, isNamed } = configPlace(context, typeof flags.config === 'string' ? flags.config : undefined)
  try {
    return { config: checked(parseJson(await readText(path), path), text(path, path)), base: dirname(path) }
  } catch (error) {
    if (!isNamed && isMissing(error)) return { config: {}, base: context.cwd }
    throw error
  }
}

/** Empty variables are as good as none. */
const given = (record: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = record[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const typedValue = (name: string, value: string): unknown =>
  name === 'timeout' && /^\d+$/.test(value) ? Number(value) : value

const plainLayer = (
  record: Readonly<Record<string, unknown>>,
  nameOf: (name: string) => string,
  where: Text,
): Config => {
  const fileNames = [...FILES, 'store', 'queue'].map((name) => `${name}File`)
  const found = [...PLAIN, ...fileNames].flatMap((name) => {
    const value = given(record, nameOf(name))
    return value === undefined ? [] : [[name, typedValue(name, value)] as const]
  })
  return checked(Object.fromEntries(found), where, nameOf)
}

/** In its usual place, or as a parameter. */
const PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@\s]*:[^/@\s]+@|.*[?&]password=)/i

const refusePassword = (layer: Config, where: Text): void => {
  for (const name of ['store', 'queue'] as const) {
    if (!PASSWORD.test(layer[name] ?? '')) continue
    const [env, path] = [envName(name), `${name}File`]
    throw wrong(
      text(
        `${where.zh}的 ${name} 含有密码。请用环境变量 ${env} 或 ${path}。`,
        `${name} in ${where.en} has a password in it. Use ${env} or ${path}.`,
      ),
    )
  }
}

/** The settings of one call, from all three layers. */
export class Settings {
  readonly #layers: readonly Layer[]
  readonly #env: Context['env']

  constructor(layers: readonly Layer[], env: Context['env']) {
    this.#layers = layers
    this.#env = env
  }

  get<N extends keyof Config>(name: N): Config[N] {
    return this.#layers.findLast(({ config }) => config[name] !== undefined)?.config[name]
  }

  /** Where a path given in some layer is. */
  path(name: `${FileName | 'store' | 'queue'}File`): string | undefined {
    const layer = this.#layers.findLast(({ config }) => config[name] !== undefined)
    return layer === undefined ? undefined : resolve(layer.base, layer.config[name] ?? '')
  }

  /** Where a path that is a plain value starts from. */
  baseOf(name: PlainName): string {
    return this.#layers.findLast(({ config }) => config[name] !== undefined)?.base ?? this.#layers[0]?.base ?? '.'
  }

  /**
   * The content of a key or token: of its file, or of the environment. A file named by a flag goes before the
   * environment, a file named by the configuration file after it.
   */
  async secret(name: FileName): Promise<string | undefined> {
    const field = `${name}File` as const
    const flag = this.#layers.at(-1)?.config[field]
    const value = given(this.#env, envName(name))
    if (flag === undefined && value !== undefined) return value
    const path = this.path(field)
    return path === undefined ? undefined : (await readText(path)).trim()
  }

  /** An address that may hold a password. */
  async address(name: 'store' | 'queue'): Promise<string | undefined> {
    const flags = this.#layers.at(-1)?.config
    const direct = flags?.[name]
    if (direct !== undefined) return direct
    const path = this.path(`${name}File`)
    const fromEnv = given(this.#env, envName(name))
    if (flags?.[`${name}File`] === undefined && fromEnv !== undefined) return fromEnv
    return path === undefined ? this.get(name) : (await readText(path)).trim()
  }

  /** @throws Problem `CONFIG` naming all three ways to give it */
  async need(name: FileName): Promise<string> {
    const value = await this.secret(name)
    if (value !== undefined) return value
    throw missing(`${name}File`, `${envName(name)} / ${envName(`${name}File`)}`, `--${flagName(`${name}File`)}`)
  }

  needPlain(name: 'appId' | 'tokenIssuer' | 'tokenAudience'): string {
    const value = this.get(name)
    if (value !== undefined) return value
    throw missing(name, envName(name), `--${flagName(name)}`)
  }
}

const missing = (field: string, env: string, flag: string): Problem =>
  wrong(
    text(
      `缺少配置 ${field}：写入 ${CONFIG_FILE}，或设置环境变量 ${env}，或使用 ${flag}。`,
      `${field} is missing: put it into ${CONFIG_FILE}, set ${env}, or use ${flag}.`,
    ),
  )

/**
 * Reads the settings of a call: file, then environment, then flags.
 *
 * @throws Problem `CONFIG`, `FILE`
 */
export const readSettings = async (call: Pick<Call, 'context' | 'flags'>): Promise<Settings> => {
  const { env, cwd } = call.context
  const where = {
    file: text('配置文件', 'the configuration file'),
    env: text('环境变量', 'the environment'),
    flags: text('命令行选项', 'a flag'),
  }
  const file = await fileLayer(call)
  refusePassword(file.config, where.file)
  const fromEnv = plainLayer(env, envName, where.env)
  const flags = plainLayer(call.flags, flagName, where.flags)
  refusePassword(flags, where.flags)
  return new Settings([file, { config: fromEnv, base: cwd }, { config: flags, base: cwd }], env)
}
