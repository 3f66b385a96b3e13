import { yuan } from '@f2f/core'
import { Hono } from 'hono'
import { readFaultRules } from '../control/fault-rules.ts'
import { scenarioDigits } from '../faults/scenario.ts'
import { readJson, readJsonObject } from '../http/json-body.ts'
import { invalid, notFound } from '../http/problem.ts'
import { confirm, decline, scanText } from '../ledger/buyer.ts'
import type { QrOffer } from '../ledger/qr-offers.ts'
import type { Trade } from '../ledger/trade.ts'
import type { World } from '../world.ts'
import { drawCode } from './barcode.ts'
import { WALLET_POLICY, walletPage } from './page.ts'

/** A trade as the buyer sees it. */
interface WalletTrade {
  readonly tradeNo: string
  readonly seller: string
  readonly subject: string
  /** Yuan. */
  readonly amount: string
  readonly refunded: boolean
  readonly status: Trade['status']
  /** ISO 8601. */
  readonly createdAt: string
}

/** A QR that is being shown and that nobody has scanned. */
interface WalletOffer {
  readonly qrCode: string
  readonly seller: string
  readonly subject: string
  /** Yuan. */
  readonly amount: string
}

const RECENT = 20
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Of Beijing, ahead of UTC. */
const AHEAD = 8 * HOUR

/** 10:00 in Beijing on the day after `at`, ms since 1970. */
const nextMorning = (at: number): number => Math.floor((at + AHEAD) / DAY) * DAY + DAY + 10 * HOUR - AHEAD

/** The buyer's phone: a page, and the JSON routes it works with. */
export const walletRoutes = (world: World): Hono => {
  const routes = new Hono()
  const view = (trade: Trade): WalletTrade => ({
    tradeNo: trade.tradeNo,
    seller: world.registry.merchant(trade.sellerId)?.name ?? trade.sellerId,
    subject: trade.subject,
    amount: yuan(trade.total),
    refunded: trade.refunds.length > 0,
    status: trade.status,
    createdAt: new Date(trade.createdAt).toISOString(),
  })

  const offerView = ({ qrCode, order }: QrOffer): WalletOffer => ({
    qrCode,
    seller: world.registry.merchant(order.sellerId)?.name ?? order.sellerId,
    subject: order.subject,
    amount: yuan(order.total),
  })

  routes.get('/', (c) => c.html(walletPage, 200, { 'content-security-policy': WALLET_POLICY }))
  routes.get('/trades', (c) => c.json(world.ledger.all().slice(-RECENT).reverse().map(view)))
  routes.post('/codes', async (c) => {
    const { scenario } = await readJsonObject(c.req.raw)
    const { code, expiresAt } = world.codes.issue(scenarioDigits(scenario), world.clock.now())
    return c.json({ code, lifetime: expiresAt - world.clock.now(), ...(await drawCode(code)) })
  })
  routes.post('/scan', async (c) => {
    const { qrCode } = await readJsonObject(c.req.raw)
    if (typeof qrCode !== 'string') throw invalid('qrCode is not a text.')
    return c.json(view(scanText(world, qrCode.trim())))
  })
  routes.get('/offers', (c) => {
    const waiting = world.offers
      .all(world.clock.now())
      .filter(({ order }) => world.ledger.find(order.sellerId, order) === undefined)
    return c.json(waiting.map(offerView))
  })
  routes.get('/faults', (c) => c.json(world.faults.rules))
  // No rules: all is well again.
  routes.post('/faults', async (c) => {
    const rules = readFaultRules(await readJson(c.req.raw))
    if (rules.length === 0) world.faults.clear()
    world.faults.add(rules)
    return c.json(world.faults.rules)
  })
  routes.get('/time', (c) => c.json({ now: new Date(world.clock.now()).toISOString() }))
  // When the bill of today is there.
  routes.post('/morning', async (c) => {
    await world.clock.advance(nextMorning(world.clock.now()) - world.clock.now())
    return c.json({ now: new Date(world.clock.now()).toISOString() })
  })
  for (const [action, act] of Object.entries({ confirm, decline })) {
    routes.post(`/trades/:tradeNo/${action}`, (c) => c.json(view(act(world, findTrade(world, c.req.param('tradeNo'))))))
  }
  return routes
}

const findTrade = (world: World, tradeNo: string): Trade => {
  const trade = world.ledger.findAny(tradeNo)
  if (trade === undefined) throw notFound('such trade')
  return trade
}
