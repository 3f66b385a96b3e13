import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Context } from '../context.ts'
import { PRIVATE, writeNew } from '../files.ts'
import { Problem } from '../problem.ts'
import { text } from '../text.ts'
import { type Framework, starterManifest, starterTsconfig } from './manifest.ts'

const TITLES: Readonly<Record<Framework, string>> = { express: 'Express', koa: 'Koa', nest: 'Nest' }

/** Beside `dist` and beside `src` alike. */
const templates = async (): Promise<string> => {
  for (const path of ['../templates/', '../../templates/']) {
    const folder = fileURLToPath(new URL(path, import.meta.url))
    const isThere = await stat(folder).then(
      () => true,
      () => false,
    )
    if (isThere) return folder
  }
  throw new Problem('FILE', text('安装不完整：缺少 templates。', 'The installation has no templates.'))
}

const mustBeEmpty = async (dir: string): Promise<void> => {
  await mkdir(dir, { recursive: true })
  const found = await readdir(dir)
  if (found.length > 0)
    throw new Problem('EXISTS', text(`${dir} 不是空文件夹。`, `${dir} is not empty; nothing was written.`))
}

const filesOf = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))

/** npm would take files of these names for its own. */
const writtenName = (name: string): string => (name === 'gitignore' ? '.gitignore' : name)

const CONFIG = {
  appId: '2021000000000001',
  gateway: 'http://127.0.0.1:8765/gateway.do',
  privateKeyFile: 'simulator/app-private.pem',
  alipayPublicKeyFile: 'simulator/alipay-public.pem',
  notifyUrl: 'http://127.0.0.1:3000/pay/notify',
  store: 'sqlite:payments.db',
}

const npmName = (dir: string): string =>
  basename(dir)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '') || 'f2f-starter'

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`

/**
 * Writes a running starter into an empty folder, which is made when it is not there.
 *
 * @returns the files written
 * @throws Problem `EXISTS`
 */
export const writeStarter = async (
  dir: string,
  framework: Framework,
  { random }: Pick<Context, 'random'>,
): Promise<readonly string[]> => {
  await mustBeEmpty(dir)
  const root = await templates()
  const name = npmName(dir)
  const written: string[] = []
  const write = async (path: string, content: string, mode?: number): Promise<void> => {
    await writeNew(join(dir, path), content, mode)
    written.push(path)
  }
  await write('package.json', json(starterManifest(name, framework)))
  await write('tsconfig.json', json(starterTsconfig(framework)))
  await write('f2f.config.json', json({ $schema: './node_modules/@f2f/cli/f2f.config.schema.json', ...CONFIG }))
  await write('.env', `TILL_TOKEN=${Buffer.from(random(24)).toString('base64url')}\n`, PRIVATE)
  for (const part of ['common', framework]) {
    const folder = join(root, part)
    for (const path of await filesOf(folder)) {
      const content = await readFile(join(folder, path), 'utf8')
      const filled = content.replaceAll('__NAME__', name).replaceAll('__FRAMEWORK__', TITLES[framework])
      await write(writtenName(path), filled)
    }
  }
  return written
}
