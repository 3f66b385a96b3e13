// Takes a payment with the installed packages, through the ES modules and through the CommonJS ones, against a
// stand-in for Alipay that signs its reply.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { createRequire } from 'node:module'
import * as esm from '@f2f/core'
import { signReply } from '@f2f/core/testing'

const cjs = createRequire(import.meta.url)('@f2f/core')

const pem = { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }
const merchant = generateKeyPairSync('rsa', { modulusLength: 2048, ...pem })
const alipayKeys = generateKeyPairSync('rsa', { modulusLength: 2048, ...pem })

const transport = async ({ url, body }) => {
  const sent = new URLSearchParams(new TextDecoder().decode(body))
  const { out_trade_no, total_amount } = JSON.parse(sent.get('biz_content'))
  const node = { code: '10000', msg: 'Success', out_trade_no, total_amount, trade_no: '2026112122001400000000000000' }
  const reply = await signReply(new URL(url).searchParams.get('method'), node, alipayKeys.privateKey)
  return { status: 200, headers: {}, body: reply }
}

for (const { createAlipay, createCashier } of [esm, cjs]) {
  const alipay = createAlipay({
    appId: '2021000000000000',
    privateKey: merchant.privateKey,
    alipayPublicKey: alipayKeys.publicKey,
    transport,
  })
  const cashier = createCashier({ alipay })
  const order = { outTradeNo: 'T1001', authCode: '280000000000000000', totalAmount: '88.88', subject: '咖啡' }
  const payment = await cashier.pay(order)
  assert.equal(payment.status, 'paid')
  await assert.rejects(cashier.pay({ ...order, totalAmount: '88.89' }), { code: 'PAYMENT_CONFLICT' })
  await cashier.close()
}

// Two copies of the package know each other's errors.
assert.ok(esm.isF2fError(new cjs.F2fError('CONFIG_INVALID', 'a test')))
assert.ok(new esm.F2fError('CONFIG_INVALID', 'a test') instanceof cjs.F2fError)
