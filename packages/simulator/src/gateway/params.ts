import { type Charset, F2fError, parseCharset, parseForm } from '@f2f/core'
import { GatewayProblem } from './problem.ts'

/** Everything a caller sent, wherever it stood. */
export interface GatewayParams {
  readonly values: Readonly<Record<string, string>>
  /** The charset of the request; undefined when it names one the gateway does not have. */
  readonly charset: Charset | undefined
}

const STATED_CHARSET = /(?:^|&)charset=([^&]*)/
const BOUNDS = { maxBytes: 8 * 1024 * 1024 }

/**
 * Reads a call's parameters from query and body alike (protocol §1.2), in the charset the call states. A name that is
 * in both counts as the body has it.
 *
 * @throws GatewayProblem `isv.invalid-parameter` when they are no form in that charset
 */
export const readParams = async (request: Request): Promise<GatewayParams> => {
  const query = new URL(request.url).search.slice(1)
  const body = new Uint8Array(await request.arrayBuffer())
  const charset = statedCharset(query, body)
  try {
    const members = [query, body].flatMap((part) => [...parseForm(part, charset ?? 'utf-8', BOUNDS)])
    return { values: Object.fromEntries(members), charset }
  } catch (error) {
    if (error instanceof F2fError) throw new GatewayProblem('isv.invalid-parameter')
    throw error
  }
}

const statedCharset = (query: string, body: Uint8Array): Charset | undefined => {
  const [, name] = STATED_CHARSET.exec(query) ?? STATED_CHARSET.exec(Buffer.from(body).toString('latin1')) ?? []
  return parseCharset(name ?? 'utf-8')
}
