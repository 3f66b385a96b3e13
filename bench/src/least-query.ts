import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { promisify } from 'node:util'

const signed = promisify<string, Uint8Array, KeyObject, Buffer>(sign)
const verified = promisify<string, Uint8Array, KeyObject, Uint8Array, boolean>(verify)

export interface LeastQueryOptions {
  readonly gateway: string
  readonly privateKey: string
  readonly alipayPublicKey: string
  /** The text that is signed, of the length of a query's. */
  readonly text: string
  /** Alipay's answer, as the server sends it. */
  readonly reply: Uint8Array
}

const read = (reply: IncomingMessage, done: (body: Buffer) => void): void => {
  const chunks: Buffer[] = []
  reply.on('data', (chunk: Buffer) => chunks.push(chunk)).once('end', () => done(Buffer.concat(chunks)))
}

/**
 * What no client can do without: one signature, one exchange by `node:http` on a kept connection, one verification.
 * Nothing is built, checked, timed or read out, so it is no client; it is how fast one could be on this machine.
 */
export const leastQuery = ({ gateway, text, reply, ...keys }: LeastQueryOptions): (() => Promise<void>) => {
  const agent = new Agent({ keepAlive: true })
  const key = createPrivateKey(keys.privateKey)
  const publicKey = createPublicKey(keys.alipayPublicKey)
  const bytes = Buffer.from(text)
  const { sign: signature } = JSON.parse(Buffer.from(reply).toString()) as { sign: string }
  const node = Buffer.from(/"alipay_\w+_response":(\{.*?\})/.exec(Buffer.from(reply).toString())?.[1] ?? '')
  const exchange = (body: Buffer): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const outgoing = request(gateway, { method: 'POST', agent, headers: { 'content-length': body.length } })
      outgoing.once('error', reject).once('response', (answer) => read(answer, resolve))
      outgoing.end(body)
    })
  return async () => {
    await exchange(await signed('RSA-SHA256', bytes, key))
    if (!(await verified('RSA-SHA256', node, publicKey, Buffer.from(signature, 'base64'))))
      throw new Error('the signature does not hold')
  }
}
