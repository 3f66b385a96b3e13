import { once } from 'node:events'
import type { Server } from 'node:http'

/** Milliseconds between two looks for clients that keep a connection they no longer use. */
const LOOK_EVERY = 50

/**
 * Takes no more connections, ends by `endWaits` what clients wait for, and resolves when every answer is out. Node
 * itself would wait until the clients let go of their idle connections, and for ever for a request that never ends.
 *
 * @param patience - ms after `endWaits` for answers that are still on their way
 */
export const stopServer = async (server: Server, endWaits: () => Promise<void>, patience = 5_000): Promise<void> => {
  const closed = once(server, 'close')
  server.close()
  await endWaits()
  const looking = setInterval(() => server.closeIdleConnections(), LOOK_EVERY)
  const giveUp = setTimeout(() => server.closeAllConnections(), patience)
  await closed
  clearInterval(looking)
  clearTimeout(giveUp)
}

/** Calls `stop` once, on Ctrl-C or when the process is told to end; a second signal ends the process at once. */
export const onStopSignal = (stop: () => Promise<void>): void => {
  const signals = ['SIGINT', 'SIGTERM'] as const
  const onSignal = (): void => {
    for (const signal of signals) process.off(signal, onSignal)
    void stop()
  }
  for (const signal of signals) process.on(signal, onSignal)
}
