import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Simulator, SimulatorServer } from '@f2f/simulator'
import { columns } from '../columns.ts'
import { type Call, defineCommand } from '../command.ts'
import { CONFIG_FILE } from '../config/file.ts'
import { EXIT } from '../exit.ts'
import { wholeNumber } from '../numbers.ts'
import { Problem } from '../problem.ts'
import { APP_ID, keep, keysIn, writeConfig } from '../simulate/kept.ts'
import { text } from '../text.ts'

const listen = async (simulator: Simulator, port: number, host: string): Promise<SimulatorServer> => {
  const { serve } = await import('@f2f/simulator')
  try {
    return await serve(simulator, { port, host })
  } catch (error) {
    simulator.close()
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Problem(
      'USAGE',
      text(
        `无法监听 ${host}:${port}（${code}）。请换一个 --port，或 --port 0。`,
        `Cannot listen on ${host}:${port} (${code}). Choose another --port, or --port 0.`,
      ),
    )
  }
}

const untilStopped = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done()
    signal.addEventListener('abort', () => done(), { once: true })
  })

const lines = (call: Pick<Call, 'output'>, { gateway, control, wallet }: SimulatorServer, dir: string | undefined) => {
  const { say, color } = { say: call.output.say.bind(call.output), color: call.output.color }
  return [
    color.bold(say(text('支付宝模拟网关已启动', 'The Alipay simulator is listening'))),
    '',
    ...columns([
      [say(text('网关', 'gateway')), gateway],
      [say(text('控制', 'control')), control],
      [say(text('钱包', 'wallet')), color.cyan(wallet)],
      ['APPID', APP_ID],
    ]),
    '',
    dir === undefined
      ? say(
          text(
            '加上 --dir . 可写入配置和密钥，其他 f2f 命令即可直接使用。',
            'With --dir . it writes a configuration and keys that every other f2f command uses.',
          ),
        )
      : say(
          text(
            `配置在 ${join(dir, CONFIG_FILE)}。另开一个终端：echo 280000000000000000 | f2f pay 8.88`,
            `The configuration is ${join(dir, CONFIG_FILE)}. In another terminal: echo 280000000000000000 | f2f pay 8.88`,
          ),
        ),
    say(text('按 Ctrl-C 停止', 'Ctrl-C stops it')),
  ]
}

export const simulate = defineCommand({
  name: 'simulate',
  about: text('启动本地支付宝模拟网关', 'run a local Alipay gateway'),
  more: text(
    '--dir 把密钥（权限 600）和 f2f.config.json 写入文件夹，再次启动时沿用。没有 --dir 时，--json 会给出一次性的模拟应用私钥，供测试程序使用。',
    'With --dir keys (mode 600) and f2f.config.json are kept in that folder and used again. Without it, --json hands the made-up application key to the program that asked.',
  ),
  arguments: [],
  options: {
    port: {
      type: 'string',
      value: 'n',
      about: text('端口，0 为任意空闲端口（默认 8765）', '0 is any free one (default 8765)'),
    },
    host: { type: 'string', value: 'address', about: text('监听地址（默认 127.0.0.1）', 'default 127.0.0.1') },
    seed: { type: 'string', value: 'n', about: text('随机种子（默认 1）', 'same seed, same numbers (default 1)') },
    dir: {
      type: 'string',
      value: 'folder',
      about: text('写入配置和密钥的文件夹', 'folder for configuration and keys'),
    },
  },
  examples: ['f2f simulate --dir .', 'f2f simulate --port 0 --json'],
  async run({ flags, context, output }) {
    const port = wholeNumber('port', flags.port ?? '8765', 0, 65_535)
    const seed = wholeNumber('seed', flags.seed ?? '1', 0, 2 ** 31 - 1)
    const dir = flags.dir === undefined ? undefined : resolve(context.cwd, flags.dir)
    const known = dir === undefined ? {} : await keysIn(dir)
    const { createSimulator } = await import('@f2f/simulator')
    const { newKeyPair } = await import('../keys/key-pair.ts')
    const alipayPrivateKey = known.alipayPrivateKey ?? (await newKeyPair(2048)).privateKey
    const { privateKey } = known
    const simulator = createSimulator({
      seed,
      clock: context.clock,
      alipayPrivateKey,
      apps: [{ appId: APP_ID, ...(privateKey === undefined ? {} : { privateKey }) }],
    })
    const server = await listen(simulator, port, flags.host ?? '127.0.0.1')
    try {
      if (dir !== undefined) {
        await mkdir(dir, { recursive: true })
        await writeConfig(dir, server.gateway)
        await keep(dir, known, simulator, alipayPrivateKey)
      }
      const { appId, appPrivateKey, appPublicKey, alipayPublicKey, sellerId } = simulator
      const { gateway, control, wallet } = server
      const common = { gateway, control, wallet, appId, appPublicKey, alipayPublicKey, sellerId }
      output.result(
        dir === undefined ? { ...common, appPrivateKey } : { ...common, config: join(dir, CONFIG_FILE) },
        () => lines({ output }, server, dir),
      )
      await untilStopped(context.signal)
      return EXIT.ok
    } finally {
      await server.close()
    }
  },
})
