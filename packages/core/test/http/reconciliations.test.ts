import { expect, test } from 'vitest'
import { createHandler, type HandlerOptions, type Principal, type ReconciliationDesk } from '../../src/http/index.ts'
import { F2fError } from '../../src/index.ts'
import { httpShop, SimulatedClock } from '../../src/testing/index.ts'

const DAY = '2020-01-02'
const path = `/reconciliations/${DAY}`

const desk = (over: Partial<ReconciliationDesk> = {}): ReconciliationDesk => ({
  ...httpShop().reconciliations,
  ...over,
})

const ask = async (
  reconciliations: ReconciliationDesk | undefined,
  principal: Principal,
  over: Partial<HandlerOptions> = {},
  request = new Request(`http://till${path}`, { method: 'POST' }),
) => {
  const handler = createHandler({ ...httpShop(), authenticate: () => principal, reconciliations, ...over })
  const response = await handler(request)
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}

const OFFICE: Principal = { scopes: ['reconcile'] }

test.each([
  ['the only store', { storeId: 'S1' }, { storeId: 'S1' }, 200],
  ['another store', { storeId: 'S1' }, { storeId: 'S2' }, 403],
  ['one store of many', {}, { storeId: 'S1' }, 403],
  ['the merchant', { merchantId: 'M1' }, { merchantId: 'M1' }, 200],
  ['another merchant', { merchantId: 'M1' }, { merchantId: 'M2' }, 403],
  ['a merchant, where the desk names none', {}, { merchantId: 'M1' }, 403],
  ['one store of the merchant', { merchantId: 'M1' }, { merchantId: 'M1', storeId: 'S1' }, 403],
  ['the only store of the merchant', { merchantId: 'M1', storeId: 'S1' }, { merchantId: 'M1', storeId: 'S1' }, 200],
  ['nothing', { merchantId: 'M1', storeId: 'S1' }, {}, 200],
])('a caller limited to %s', async (_, limits, caller, status) => {
  expect((await ask(desk(limits), { ...caller, scopes: ['reconcile'] })).status).toBe(status)
})

test('without a desk there are no such routes', async () => {
  const { status, json } = await ask(undefined, OFFICE)
  expect([status, json.code]).toEqual([404, 'HTTP_ROUTE_NOT_FOUND'])
})

test('what is no desk is refused at once', () => {
  for (const wrong of [{}, { reconcile: async () => undefined }]) {
    const reconciliations = wrong as unknown as ReconciliationDesk
    expect(() => createHandler({ ...httpShop(), reconciliations })).toThrow(/reconciliations\.\w+ must be a function/)
  }
})

test('what the desk cannot do is answered as its error, and no failure of it can have moved money', async () => {
  const problems: unknown[] = []
  const onProblem = (_: unknown, operation: string): void => void problems.push(operation)
  const refused = new F2fError('BILL_REFUSED', 'Alipay refuses the bill.')
  const failing = (error: unknown) => desk({ reconcile: () => Promise.reject(error) })
  expect((await ask(failing(refused), OFFICE, { onProblem })).json).toMatchObject({
    status: 502,
    code: 'BILL_REFUSED',
    moneyMayHaveMoved: false,
  })
  expect((await ask(failing(new Error('disk full')), OFFICE, { onProblem })).json).toMatchObject({
    status: 500,
    code: 'INTERNAL_ERROR',
    moneyMayHaveMoved: false,
  })
  expect(problems).toEqual(['reconcileDay', 'reconcileDay'])
})

test('today begins at midnight in Beijing', async () => {
  const at = (time: string) => ({ clock: new SimulatedClock(Date.parse(time)) })
  const before = await ask(desk(), OFFICE, at('2020-01-02T15:59:59.999Z'))
  expect([before.status, before.json.field]).toEqual([400, 'day'])
  expect((await ask(desk(), OFFICE, at('2020-01-02T16:00:00.000Z'))).status).toBe(200)
})
