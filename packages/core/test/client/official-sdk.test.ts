import { AlipaySdk } from 'alipay-sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildRequest } from '../../src/protocol/request.ts'
import { keySigner } from '../../src/protocol/signature.ts'
import { APP_ID, clientFor, KEYS, serveGateway } from './fake-gateway.ts'

const sdkFor = (gateway: string): AlipaySdk =>
  new AlipaySdk({
    appId: APP_ID,
    privateKey: KEYS.app_rsa2_2048.pkcs1Pem,
    alipayPublicKey: KEYS.alipay_rsa2_2048.spkiPem,
    gateway,
  })

describe('beside the official SDK', () => {
  it('any order is signed the same', async () => {
    const sdk = sdkFor('http://127.0.0.1/gateway.do')
    const signer = keySigner(KEYS.app_rsa2_2048.pkcs8Pem)
    const timestamp = '2024-05-20 13:14:15'
    const text = fc.string({ unit: 'grapheme', minLength: 1 })
    await fc.assert(
      fc.asyncProperty(fc.record({ subject: text, body: text, out_trade_no: text }), text, async (content, path) => {
        const notifyUrl = `https://shop.example/${encodeURIComponent(path)}?a=${path}`
        const theirs = sdk.sdkExecute('alipay.trade.precreate', {
          timestamp,
          notify_url: notifyUrl,
          bizContent: content,
        })
        const { url } = await buildRequest({
          gateway: 'http://127.0.0.1/gateway.do',
          appId: APP_ID,
          method: 'alipay.trade.precreate',
          timestamp,
          signer,
          notifyUrl,
          bizContent: content,
        })
        expect(new URL(url).searchParams.get('sign')).toBe(new URLSearchParams(theirs).get('sign'))
      }),
      { numRuns: 100 },
    )
  })

  it('the same gateway gives both the same answer', async () => {
    const node = { code: '10000', msg: 'Success', out_trade_no: 'T1', trade_status: 'TRADE_SUCCESS' }
    const server = await serveGateway(({ ok }) => ok(node))
    const content = { out_trade_no: 'T1' }
    const theirs = await sdkFor(server.url).exec('alipay.trade.query', { bizContent: content }, { validateSign: true })
    const ours = await clientFor(server).query(content)
    expect(ours.trade_status).toBe(theirs.tradeStatus)
    const [first, second] = server.received
    expect(second?.content).toEqual(first?.content)
    expect([...(second?.params.keys() ?? [])].sort()).toEqual([...(first?.params.keys() ?? [])].sort())
  })
})
