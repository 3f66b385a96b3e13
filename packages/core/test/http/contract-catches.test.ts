import { describe, expect, test } from 'vitest'
import { createHandler, type Handler, type HandlerOptions } from '../../src/http/index.ts'
import { httpContract, httpShop } from '../../src/testing/index.ts'
import { serving } from './mounted.ts'

interface Fault {
  readonly options?: (options: HandlerOptions) => Partial<HandlerOptions>
  readonly handler?: (handler: Handler) => Handler
}

const run = async (
  id: string,
  { options = () => ({}), handler: spoil = (handler) => handler }: Fault,
): Promise<void> => {
  const mounted = async () => {
    const shop = httpShop()
    const { url, close } = await serving(spoil(createHandler({ ...shop, ...options(shop) })))
    return shop.mountedAt(url, close)
  }
  const rule = httpContract(mounted, { terminals: true, reconciliations: true, authorisations: true }).find(
    (each) => each.id === id,
  )
  if (rule === undefined) throw new Error(`The contract has no rule ${id}.`)
  await rule.run()
}

/** Changes the text of every answer. */
const rewriting =
  (change: (text: string) => string) =>
  (handler: Handler): Handler =>
  async (request) => {
    const { status, headers, body } = await handler(request)
    const text = body === null ? null : change(await new Response(body).text())
    return new Response(text, { status, headers })
  }

/** Changes the head of every answer. */
const reheading =
  (change: (response: Response) => ResponseInit) =>
  (handler: Handler): Handler =>
  async (request) => {
    const response = await handler(request)
    return new Response(response.body, { status: response.status, headers: response.headers, ...change(response) })
  }

const withoutQuery =
  (handler: Handler): Handler =>
  (request) =>
    handler(new Request(request.url.split('?')[0] ?? '', request))

const withoutHeader =
  (name: string) =>
  (handler: Handler): Handler =>
  (request) => {
    const headers = new Headers(request.headers)
    headers.delete(name)
    return handler(new Request(request, { headers }))
  }

const asEverybody = ({ authenticate }: HandlerOptions): Partial<HandlerOptions> => ({
  async authenticate(request, route) {
    const principal = await authenticate(request, route)
    return principal && { ...principal, storeId: undefined, scopes: ['pay', 'refund'], refundLimit: undefined }
  },
})

const FAULTS: Readonly<Record<string, readonly [noticedBy: string, fault: Fault]>> = {
  'answers everything with 200': ['HT-01', { handler: reheading(() => ({ status: 200 })) }],
  'forgets the store of the caller': ['HT-02', { options: asEverybody }],
  'shows full payment codes': [
    'HT-03',
    {
      options: ({ cashier }) => ({
        cashier: {
          ...cashier,
          start: async (order) => ({ ...(await cashier.start(order)), maskedAuthCode: order.authCode }),
        },
      }),
    },
  ],
  'shows what is only for the books': [
    'HT-03',
    { handler: rewriting((text) => text.replace('{', '{"fingerprint":"x",')) },
  ],
  'numbers every payment alike': ['HT-04', { options: () => ({ newOutTradeNo: () => 'T1' }) }],
  'does not wait': ['HT-22', { handler: withoutQuery }],
  'forgets what a client has seen': ['HT-27', { handler: withoutHeader('last-event-id') }],
  'lists everything on every page': ['HT-29', { handler: withoutQuery }],
  'ignores parameters it does not know': ['HT-31', { handler: withoutQuery }],
  'forgets what happened to a payment': [
    'HT-33',
    { handler: rewriting((text) => text.replaceAll('"history":', '"past":')) },
  ],
  'knows no limit of refunds': ['HT-46', { options: asEverybody }],
  'answers notifications in capitals': ['HT-51', { handler: rewriting((text) => text.toUpperCase()) }],
  'answers success to everything': ['HT-53', { handler: rewriting(() => 'success') }],
  'takes notifications and forgets them': [
    'HT-60',
    {
      options: ({ cashier }) => ({
        cashier: {
          ...cashier,
          handleNotify: async () => ({ reply: 'success', payment: undefined, error: undefined }),
        },
      }),
    },
  ],
  'takes bodies of any length': ['HT-92', { options: () => ({ maxBodyBytes: 10_000_000 }) }],
  'lets everybody in': ['HT-71', { options: () => ({ authenticate: () => ({ scopes: ['pay', 'refund'] }) }) }],
  'lets everybody do everything': ['HT-72', { options: asEverybody }],
  'lets a till see every store': ['HT-74', { options: asEverybody }],
  'answers problems as plain JSON': [
    'HT-78',
    {
      handler: reheading(({ headers }) => ({
        headers: [...headers].map(([name, value]) => [name, value.replace('problem+', '')] as [string, string]),
      })),
    },
  ],
  'answers HEAD as something else': [
    'HT-91',
    { handler: reheading(() => ({ headers: { 'content-type': 'text/html' } })) },
  ],
  'allows caches': ['HT-97', { handler: reheading(() => ({ headers: { 'content-type': 'application/json' } })) }],
  'lets a till say where money goes': [
    'HT-133',
    {
      options: ({ authenticate }) => ({
        async authenticate(request, route) {
          const principal = await authenticate(request, route)
          return principal && { scopes: ['authorise'] }
        },
      }),
    },
  ],
  'shows the code on the page': [
    'HT-132',
    {
      handler: (handler) => async (request) => {
        const response = await handler(request)
        if (!response.headers.get('content-type')?.startsWith('text/html')) return response
        return new Response(new URL(request.url).search, response)
      },
    },
  ],
  'forgets the byte order mark': ['HT-123', { handler: rewriting((text) => text.replace('\uFEFF', '')) }],
  'lets a till see the bill of all stores': ['HT-126', { options: asEverybody }],
}

describe('the contract notices a back end that', () => {
  test.each(Object.entries(FAULTS))('%s', async (_, [noticedBy, fault]) => {
    await run(noticedBy, {})
    await expect(run(noticedBy, fault)).rejects.toThrow()
  })
})
