import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseForm } from '@f2f/core'
import { signReply } from '@f2f/core/testing'

export interface PayServer extends AsyncDisposable {
  readonly gateway: string
}

/** A gateway in its own process that takes every payment at once and signs its answer. */
export const startPayServer = async (alipayPrivateKey: string): Promise<PayServer> => {
  const child = fork(import.meta.filename, [Buffer.from(alipayPrivateKey).toString('base64')])
  const [origin] = (await once(child, 'message')) as [string]
  return {
    gateway: `${origin}/gateway.do`,
    [Symbol.asyncDispose]: async () => {
      const exit = once(child, 'exit')
      child.kill()
      await exit
    },
  }
}

const answer = async (body: Buffer, privateKey: string): Promise<Uint8Array> => {
  const content = JSON.parse(parseForm(body).get('biz_content') ?? '{}') as Record<string, string>
  const { out_trade_no, total_amount } = content
  const node = { code: '10000', msg: 'Success', out_trade_no, total_amount, trade_no: '2026112122001400000000000000' }
  return signReply('alipay.trade.pay', node, privateKey)
}

if (import.meta.main) {
  const privateKey = Buffer.from(process.argv[2] ?? '', 'base64').toString()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.once('end', async () => {
      const body = await answer(Buffer.concat(chunks), privateKey)
      response.writeHead(200, { 'content-type': 'text/html;charset=utf-8', 'content-length': body.length }).end(body)
    })
  })
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
}
