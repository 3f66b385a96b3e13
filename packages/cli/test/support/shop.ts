import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSimulator, type Simulator, type SimulatorOptions, type SimulatorServer, serve } from '@f2f/simulator'
import { afterAll } from 'vitest'
import { f2f, type Said, type Surroundings } from './terminal.ts'

const cleanUps: (() => unknown)[] = []
afterAll(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

/** A folder that is gone after the tests. */
export const temporaryFolder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'f2f-cli-'))
  cleanUps.push(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

export interface TestShop {
  readonly dir: string
  readonly simulator: Simulator
  readonly server: SimulatorServer
  /** Runs a command in the shop's folder. */
  run(line: readonly string[], more?: Partial<Surroundings>): Promise<Said>
  /** What must never be in any output. */
  readonly secrets: readonly string[]
}

/** A folder with a configuration for a simulator that listens. */
export const openShop = async (options: SimulatorOptions = {}, config: object = {}): Promise<TestShop> => {
  const dir = temporaryFolder()
  const simulator = createSimulator(options)
  const server = await serve(simulator)
  cleanUps.push(() => server.close())
  writeFileSync(join(dir, 'own.pem'), simulator.appPrivateKey, { mode: 0o600 })
  writeFileSync(join(dir, 'alipay.pem'), simulator.alipayPublicKey)
  const settings = {
    appId: simulator.appId,
    gateway: server.gateway,
    privateKeyFile: 'own.pem',
    alipayPublicKeyFile: 'alipay.pem',
    ...config,
  }
  writeFileSync(join(dir, 'f2f.config.json'), JSON.stringify(settings))
  const secrets = simulator.appPrivateKey.split('\n').filter((line) => line.length >= 40)
  return { dir, simulator, server, secrets, run: (line, more) => f2f(line, { cwd: dir, ...more }) }
}
