import { afterAll, describe, expect, test } from 'vitest'
import { createHandler, type Handler } from '../../src/http/index.ts'
import { httpContract, httpShop } from '../../src/testing/index.ts'
import { heldToItsDocument, seen } from './described.ts'
import { serving } from './mounted.ts'

const shopBehind = (basePath: string, wrap: (handler: Handler, basePath: string) => Handler) => async () => {
  const shop = httpShop()
  const { url, close } = await serving(wrap(createHandler({ ...shop, basePath }), basePath))
  return shop.mountedAt(url + basePath, close)
}

const asItIs = (handler: Handler): Handler => handler

describe.each([
  ['on node:http', '', asItIs],
  ['on node:http below a path', '/pay/v1', asItIs],
  ['behind Fetch requests and responses, each answer held against openapi.json', '/pay', heldToItsDocument],
])('the contract holds %s', (_, basePath, wrap) => {
  for (const { id, name, run } of httpContract(shopBehind(basePath, wrap), {
    terminals: true,
    reconciliations: true,
    authorisations: true,
  }))
    test(`${id} ${name}`, run)
})

afterAll(() => {
  const operations = new Set([...seen].map((each) => each.split(' ')[0]))
  expect([...operations].sort()).toEqual([
    'cancelPayment',
    'enrolTerminal',
    'finishAuthorisation',
    'getMe',
    'getPayment',
    'getReconciliationReport',
    'getRefund',
    'health',
    'listPayments',
    'notify',
    'offerPayment',
    'openapi',
    'reconcileDay',
    'refreshTerminal',
    'requestRefund',
    'startAuthorisation',
    'startPayment',
    'watchPayment',
  ])
})
