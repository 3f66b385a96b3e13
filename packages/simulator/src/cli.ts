#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { type SimulatorServer, serve } from './server.ts'
import { createSimulator, type Simulator } from './simulator.ts'

const HELP = `f2f-simulator: a local Alipay gateway for Face-to-Face payments (当面付)

Usage: f2f-simulator [options]

  --port <n>   port to listen on; 0 takes any free one (default 8765)
  --host <h>   address to listen on (default 127.0.0.1)
  --seed <n>   same seed, same trade numbers, codes and faults (default 1)
  --json       print one line of JSON with addresses and keys, nothing else
  --help       this text
`

interface Settings {
  readonly port: number
  readonly host: string
  readonly seed: number
  readonly json: boolean
}

/** A mistake on the command line, or a port that cannot be had: told in one sentence, without a stack. */
class UsageError extends Error {}

const wholeNumber = (name: string, text: string, most: number): number => {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value <= most)) throw new UsageError(`--${name} must be a whole number from 0 to ${most}, not "${text}".`)
  return value
}

const readArguments = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8765' },
        host: { type: 'string', default: '127.0.0.1' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const listen = async (simulator: Simulator, { port, host }: Settings): Promise<SimulatorServer> => {
  try {
    return await serve(simulator, { port, host })
  } catch (error) {
    simulator.close()
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') throw new UsageError(`Port ${port} is taken. Choose another with --port, or --port 0.`)
    throw new UsageError(`Cannot listen on ${host}:${port} (${String(code)}).`)
  }
}

const jsonLine = (simulator: Simulator, { gateway, control, wallet }: SimulatorServer): string => {
  const { appId, appPrivateKey, appPublicKey, alipayPublicKey } = simulator
  return JSON.stringify({ gateway, control, wallet, appId, appPrivateKey, appPublicKey, alipayPublicKey })
}

const friendlyText = (simulator: Simulator, { gateway, control, wallet }: SimulatorServer): string =>
  `The Alipay simulator is listening.

  gateway  ${gateway}
  control  ${control}
  wallet   ${wallet}
  app id   ${simulator.appId}

Application private key:
${simulator.appPrivateKey}
Alipay public key:
${simulator.alipayPublicKey}
Ctrl-C stops it.`

const stopOnSignals = (server: SimulatorServer): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close())
}

const main = async (args: readonly string[]): Promise<void> => {
  const { port, host, seed, json, help } = readArguments(args)
  if (help) {
    process.stdout.write(HELP)
    return
  }
  const settings = { port: wholeNumber('port', port, 65_535), host, seed: wholeNumber('seed', seed, 2 ** 31 - 1), json }
  const simulator = createSimulator({ seed: settings.seed })
  const server = await listen(simulator, settings)
  stopOnSignals(server)
  process.stdout.write(`${json ? jsonLine(simulator, server) : friendlyText(simulator, server)}\n`)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof UsageError ? error.message : String(error)}\n`)
  process.exitCode = 1
})
