import { createAlipay, createCashier, createNodeTransport, systemClock } from '@f2f/core'
import { auditBooks, createSimulator, serve, type TradeTruth } from '@f2f/simulator'
import { printBooks } from './books.ts'
import { Narrator, type Print } from './narrator.ts'
import { playScenes } from './scenes.ts'
import type { Words } from './words.ts'

export interface DemoOptions {
  /** 0 takes any free port. */
  readonly port: number
  readonly words: Words
  readonly print: Print
}

export interface Demo {
  /** Whether Alipay's ledger and ours were equal at the end. */
  readonly equal: boolean
  readonly addresses: { readonly gateway: string; readonly control: string; readonly wallet: string }
  close(): Promise<void>
}

/** Shorter than at a real counter, so that nobody has to wait a minute for the customer who never pays. */
const QUICK = { firstQueryAfter: 1_000, pollEvery: 1_000, payWithin: 5_000 }

const asJson = async <T>(response: Response): Promise<T> => (await response.json()) as T

/**
 * Starts the simulator on real HTTP, takes the payments, compares the books.
 *
 * @throws Error with Node's code `EADDRINUSE` when the port is taken
 */
export const runDemo = async ({ port, words, print }: DemoOptions): Promise<Demo> => {
  const simulator = createSimulator({ confirmAfter: 2_500 })
  const server = await serve(simulator, { port })
  const narrator = new Narrator(print, words, () => systemClock.now())
  const transport = createNodeTransport()
  const alipay = createAlipay({
    appId: simulator.appId,
    privateKey: simulator.appPrivateKey,
    alipayPublicKey: simulator.alipayPublicKey,
    gateway: server.gateway,
    transport: narrator.listening(transport),
  })
  const cashier = createCashier({ alipay, policy: QUICK })
  const close = async (): Promise<void> => {
    await cashier.close()
    transport.close()
    await server.close()
  }

  let payments = 0
  const began = systemClock.now().toString(36).toUpperCase()
  const showCode = async (scenario: string): Promise<string> => {
    const body = JSON.stringify({ scenario })
    const headers = { 'content-type': 'application/json' }
    return (await asJson<{ code: string }>(await fetch(`${server.control}/codes`, { method: 'POST', headers, body })))
      .code
  }
  print(words.title)
  const { gateway, control, wallet } = server
  const addresses = { gateway, control, wallet }
  for (const [name, address] of Object.entries(addresses)) print(`  ${name.padEnd(8)} ${address}`)
  try {
    await playScenes({
      cashier,
      showCode,
      narrator,
      words,
      nextNumber: () => `D${began}${String(++payments).padStart(2, '0')}`,
    })
    const trades = await asJson<readonly TradeTruth[]>(await fetch(`${control}/trades`))
    const equal = printBooks(await auditBooks(trades, cashier.list()), print, words)
    return { equal, addresses, close }
  } catch (error) {
    await close()
    throw error
  }
}
