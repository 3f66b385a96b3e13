import { createAlipay, createNodeTransport, systemClock } from '@f2f/core'
import { auditBooks, createSimulator, serve, type TradeTruth } from '@f2f/simulator'
import { openBackEnd } from './back-end.ts'
import { printBooks } from './books.ts'
import { Narrator, type Print } from './narrator.ts'
import { playScenes } from './scenes.ts'
import type { Words } from './words.ts'

export interface DemoOptions {
  /** Of the till; 0 takes any free port. */
  readonly port: number
  readonly words: Words
  readonly print: Print
}

export interface Demo {
  /** Whether Alipay's ledger and ours were equal at the end of the scenes. */
  readonly equal: boolean
  readonly addresses: {
    /** With the enrolment code in its fragment. */
    readonly till: string
    readonly wallet: string
    readonly gateway: string
    readonly control: string
    readonly metrics: string
  }
  close(): Promise<void>
}

const asJson = async <T>(response: Response): Promise<T> => (await response.json()) as T

/**
 * Starts simulator, back end and till on real HTTP, takes the payments of the scenes, compares the books.
 *
 * @throws Error with Node's code `EADDRINUSE` when the port is taken
 */
export const runDemo = async ({ port, words, print }: DemoOptions): Promise<Demo> => {
  const simulator = createSimulator({ confirmAfter: 2_500 })
  const gate = await serve(simulator)
  const narrator = new Narrator(print, words, () => systemClock.now())
  const transport = createNodeTransport()
  const closers: (() => Promise<void> | void)[] = [() => gate.close(), () => transport.close()]
  const close = async (): Promise<void> => {
    for (const one of closers.splice(0).reverse()) await one()
  }

  const showCode = async (scenario: string): Promise<string> => {
    const body = JSON.stringify({ scenario })
    const headers = { 'content-type': 'application/json' }
    return (await asJson<{ code: string }>(await fetch(`${gate.control}/codes`, { method: 'POST', headers, body })))
      .code
  }

  try {
    const alipay = createAlipay({
      appId: simulator.appId,
      privateKey: simulator.appPrivateKey,
      alipayPublicKey: simulator.alipayPublicKey,
      gateway: gate.gateway,
      transport: narrator.listening(transport),
      // One time for all: when the wallet goes on to tomorrow, so does the shop.
      clock: simulator.clock,
    })
    const backEnd = await openBackEnd(alipay, port)
    closers.push(backEnd.close)
    const { cashier } = backEnd

    print(words.title)
    let payments = 0
    const began = systemClock.now().toString(36).toUpperCase()
    const nextNumber = (): string => `D${began}${String(++payments).padStart(2, '0')}`
    await playScenes({ cashier, showCode, narrator, words, nextNumber })
    const trades = await asJson<readonly TradeTruth[]>(await fetch(`${gate.control}/trades`))
    const equal = printBooks(await auditBooks(trades, cashier.list()), print, words)

    const { code, address } = await backEnd.invite()
    const metrics = `${backEnd.url}/metrics`
    print(
      `\n  ${words.till}  ${address}\n  ${words.wallet}  ${gate.wallet}\n  ${words.code}  ${code}\n  ${words.metrics}  ${metrics}\n`,
    )
    narrator.rest()
    const addresses = { till: address, wallet: gate.wallet, gateway: gate.gateway, control: gate.control, metrics }
    return { equal, addresses, close }
  } catch (error) {
    await close()
    throw error
  }
}
