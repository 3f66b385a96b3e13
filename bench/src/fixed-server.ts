import { type Child, childConfig, startChild } from './child.ts'
import { serveLoopback } from './loopback.ts'

/** A server in its own process that gives every request the same answer; it says its origin. */
export const startFixedServer = (reply: Uint8Array): Promise<Child> =>
  startChild(import.meta.filename, { reply: Buffer.from(reply).toString('base64') })

if (import.meta.main) {
  const reply = Buffer.from(childConfig<{ reply: string }>().reply, 'base64')
  serveLoopback(() => reply)
}
