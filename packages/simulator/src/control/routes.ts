import { Hono } from 'hono'
import { scenarioDigits } from '../faults/scenario.ts'
import { readJson, readJsonObject } from '../http/json-body.ts'
import { invalid, notFound } from '../http/problem.ts'
import { confirm, decline, scan } from '../ledger/buyer.ts'
import type { Trade } from '../ledger/trade.ts'
import { resetSimulation, type Simulation } from '../simulation.ts'
import type { World } from '../world.ts'
import { readFaultRules } from './fault-rules.ts'
import { allTruths, type TradeTruth, truthOf } from './truth.ts'

/** The control API: the truth, and the strings behind the scene. JSON in, JSON out. */
export const controlRoutes = (simulation: Simulation): Hono => {
  const { world } = simulation
  const routes = new Hono()

  routes.get('/trades', (c) => c.json(allTruths(simulation)))
  routes.get('/trades/:outTradeNo', (c) => c.json(findTruth(simulation, c.req.param('outTradeNo'), c.req.query())))
  for (const [action, act] of Object.entries({ confirm, decline })) {
    routes.post(`/trades/:outTradeNo/${action}`, (c) => {
      const trade = act(world, takenUp(world, c.req.param('outTradeNo'), c.req.query()))
      return c.json(truthOf(simulation, trade.sellerId, trade.outTradeNo))
    })
  }

  routes.get('/faults', (c) => c.json(world.faults.rules))
  routes.post('/faults', async (c) => {
    world.faults.add(readFaultRules(await readJson(c.req.raw)))
    return c.json(world.faults.rules)
  })
  routes.delete('/faults', (c) => {
    world.faults.clear()
    return c.json(world.faults.rules)
  })

  routes.post('/clock/advance', async (c) => {
    await world.clock.advance(milliseconds((await readJsonObject(c.req.raw)).ms))
    return c.json({ now: new Date(world.clock.now()).toISOString() })
  })
  routes.post('/codes', async (c) => {
    const { scenario } = await readJsonObject(c.req.raw)
    const { code, expiresAt } = world.codes.issue(scenarioDigits(scenario), world.clock.now())
    return c.json({ code, expiresAt: new Date(expiresAt).toISOString() })
  })
  routes.post('/reset', (c) => {
    resetSimulation(simulation)
    return c.json({ now: new Date(world.clock.now()).toISOString() })
  })
  return routes
}

/** Order numbers are unique only within a merchant; `?sellerId=` says which one is meant. */
type Choice = Readonly<Record<string, string>>

const sellers = (world: World, { sellerId }: Choice): readonly string[] =>
  sellerId === undefined ? world.registry.sellerIds : [sellerId]

const findTruth = (simulation: Simulation, outTradeNo: string, choice: Choice): TradeTruth => {
  const truths = sellers(simulation.world, choice)
    .map((sellerId) => truthOf(simulation, sellerId, outTradeNo))
    .filter((truth) => truth !== undefined)
  const truth = truths.find(({ tradeNo }) => tradeNo !== null) ?? truths[0]
  if (truth === undefined) throw notFound('such order number')
  return truth
}

/** The trade under an order number; a QR nobody has scanned yet is scanned for it. */
const takenUp = (world: World, outTradeNo: string, choice: Choice): Trade => {
  for (const sellerId of sellers(world, choice)) {
    const trade = world.ledger.find(sellerId, { outTradeNo })
    if (trade !== undefined) return trade
    const offer = world.offers.find(sellerId, outTradeNo, world.clock.now())
    if (offer !== undefined) return scan(world, offer)
  }
  throw notFound('such trade or QR')
}

const LONGEST_ADVANCE = 10 * 365 * 24 * 60 * 60 * 1000

const milliseconds = (ms: unknown): number => {
  if (typeof ms !== 'number' || !(ms >= 0 && ms <= LONGEST_ADVANCE)) {
    throw invalid('ms is not a number of milliseconds from 0 to ten years.')
  }
  return ms
}
