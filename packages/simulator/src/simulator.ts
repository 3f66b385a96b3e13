import { F2fError, systemClock, type Transport } from '@f2f/core'
import { readFaultRules } from './control/fault-rules.ts'
import { allTruths, type TradeTruth, truthOf } from './control/truth.ts'
import type { FaultRule } from './faults/fault.ts'
import { ConnectionLost } from './gateway/connection-lost.ts'
import { createApp } from './http/app.ts'
import { HttpProblem } from './http/problem.ts'
import type { App } from './identity/apps.ts'
import { credentialsOf, type SimulatorCredentials } from './identity/credentials.ts'
import { Outbox } from './notify/outbox.ts'
import type { SimulatorOptions } from './options.ts'
import type { SimulatorClock } from './time/simulator-clock.ts'
import { inProcessTransport } from './transport.ts'
import { createWorld, type World } from './world.ts'

/** The books, to look at. */
export interface LedgerView {
  /** Every trade, oldest first. */
  trades(): readonly TradeTruth[]
  /**
   * What is known under an order number; undefined when nothing about it ever arrived.
   *
   * @param sellerId - whose; default: the owner of the first application
   */
  find(outTradeNo: string, sellerId?: string): TradeTruth | undefined
}

/** A simulated Alipay in this process, with the credentials of its first application. */
export interface Simulator extends SimulatorCredentials {
  /**
   * Answers a request to the gateway (`/gateway.do`), the control API or the wallet; the host does not matter.
   * Rejects with {@link ConnectionLost} where the connection is simulated to break.
   */
  readonly fetch: (request: Request) => Promise<Response>
  /** For `createAlipay({ transport })`: no sockets. */
  readonly transport: Transport
  readonly clock: SimulatorClock
  readonly ledger: LedgerView
  /** @returns undefined for an application that does not exist */
  credentials(appId: string): SimulatorCredentials | undefined
  /** Lets an application act for a merchant at once. Returns the `app_auth_token`. */
  authorise(appId: string, userId: string): string
  /** Gives Alipay's key a new certificate, which replies in certificate mode state from now on. Returns the file. */
  rollAlipayCertificate(): string
  /** Calls off everything that is still to happen. Replies being held back break off. */
  close(): void
}

/** A misspelt fault would befall nothing, and a test of it would prove nothing. */
const checkFaults = (faults: readonly FaultRule[]): readonly FaultRule[] => {
  try {
    return readFaultRules(faults)
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    const rule = error.message
    throw new F2fError('CONFIG_INVALID', `The option faults cannot be used: ${rule}`, {
      details: { field: 'faults', rule },
    })
  }
}

/**
 * Makes a simulated Alipay: it signs, remembers, and misbehaves on request.
 *
 * @throws F2fError `CONFIG_*` for keys, certificates, applications or fault rules that cannot be used
 */
export const createSimulator = (options: SimulatorOptions = {}): Simulator => {
  const world = createWorld({ ...options, faults: checkFaults(options.faults ?? []) })
  const simulation = { world, outbox: new Outbox(world, options.clock ?? systemClock) }
  const app = createApp(simulation)
  const answer = async (request: Request): Promise<Response> => app.fetch(request)
  const [first] = world.registry.apps
  return Object.assign(credentialsOf(world, first), {
    fetch: answer,
    transport: inProcessTransport(answer),
    clock: world.clock,
    ledger: {
      trades: () => allTruths(simulation),
      find: (outTradeNo: string, sellerId = first.owner.userId) => truthOf(simulation, sellerId, outTradeNo),
    },
    credentials: (appId: string) => optionalCredentials(world, world.registry.app(appId)),
    authorise: (appId: string, userId: string) => world.grants.grant(appId, userId, world.clock.now()).token,
    rollAlipayCertificate: () => world.authority().rollAlipay(),
    close: () => world.clock.close(new ConnectionLost('The simulator was closed.')),
  })
}

const optionalCredentials = (world: World, app: App | undefined): SimulatorCredentials | undefined =>
  app && credentialsOf(world, app)
