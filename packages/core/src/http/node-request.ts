import type { IncomingMessage } from 'node:http'

/**
 * Kept on the request itself: V8 lets go of what a WeakMap holds only when it collects the whole heap, and until then
 * every request would be moved from space to space with everything it knows.
 */
const BEHIND = Symbol('f2f.nodeRequest')

type Bridged = Request & { [BEHIND]?: IncomingMessage }

/**
 * The Node request behind a Fetch request that came through `toNodeListener`: for an `authenticate` that goes by what a
 * framework has put there, such as a session's user.
 */
export const nodeRequest = (request: Request): IncomingMessage | undefined => (request as Bridged)[BEHIND]

/** The Fetch request, with the Node request behind it remembered. */
export const withNodeRequest = (request: Request, req: IncomingMessage | undefined): Request => {
  if (req !== undefined) (request as Bridged)[BEHIND] = req
  return request
}
