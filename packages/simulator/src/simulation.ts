import type { Outbox } from './notify/outbox.ts'
import { resetWorld, type World } from './world.ts'

/** The simulated Alipay and its outgoing mail. */
export interface Simulation {
  readonly world: World
  readonly outbox: Outbox
}

/** Begins anew: no trades, codes, QRs, links, authorisations, faults, notifications. Keys and time stay. */
export const resetSimulation = ({ world, outbox }: Simulation): void => {
  outbox.clear()
  resetWorld(world)
}
