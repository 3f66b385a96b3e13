import { createPublicKey, verify } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'

const verifyAsync = promisify<string, Uint8Array, ReturnType<typeof createPublicKey>, Uint8Array, boolean>(verify)

/** The least that anybody does with a message: one verification, off the event loop as ours is. */
export interface Bare {
  /** The answer to a form that has been parsed: its signature is checked. */
  notify(form: Readonly<Record<string, unknown>>): Promise<string>
  /** The answer to an order that has been parsed: as Alipay's reply to it would be, a signature is checked. */
  pay(order: Readonly<Record<string, unknown>>): Promise<object>
}

export const bareWork = (alipayPublicKey: string, signed: { readonly text: string; readonly sign: string }): Bare => {
  const key = createPublicKey(alipayPublicKey)
  const check = async (text: string, sign: string): Promise<void> => {
    if (!(await verifyAsync('RSA-SHA256', Buffer.from(text), key, Buffer.from(sign, 'base64'))))
      throw new Error('the signature does not hold')
  }
  return {
    async notify({ sign, sign_type: _, ...params }) {
      const names = Object.keys(params).sort()
      await check(names.map((name) => `${name}=${params[name]}`).join('&'), String(sign))
      return 'success'
    },
    async pay(order) {
      await check(signed.text, signed.sign)
      return { ...order, status: 'paid' }
    },
  }
}

/** The whole body as text. */
export const readText = (req: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    req
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .once('end', () => resolve(Buffer.concat(chunks).toString()))
      .once('error', reject)
  })
