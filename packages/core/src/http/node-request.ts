import type { IncomingMessage } from 'node:http'

const behind = new WeakMap<Request, IncomingMessage>()

/**
 * The Node request behind a Fetch request that came through `toNodeListener`: for an `authenticate` that goes by what a
 * framework has put there, such as a session's user.
 */
export const nodeRequest = (request: Request): IncomingMessage | undefined => behind.get(request)

/** The Fetch request, with the Node request behind it remembered. */
export const withNodeRequest = (request: Request, req: IncomingMessage | undefined): Request => {
  if (req !== undefined) behind.set(request, req)
  return request
}
