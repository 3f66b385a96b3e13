import type { Call, News, Trade, World } from './world.ts'

export const facts = {}
const problem = { code: 'UNKNOWN_TIMEOUT', subCode: undefined, message: 'no answer' }
const UNKNOWN = { is: 'unknown', problem } as const

export const unknownAnswer = (kind: Call['kind'], asOf = 0): News => {
  if (kind === 'pay') return { type: 'payReply', outcome: UNKNOWN }
  if (kind === 'offer') return { type: 'offerReply', outcome: UNKNOWN }
  if (kind === 'query') return { type: 'queryReply', asOf, outcome: UNKNOWN }
  return { type: 'cancelReply', outcome: { is: 'again', problem, blocked: false } }
}

interface Landing {
  readonly trade: Trade
  readonly answer: News
  readonly how: string
  /** From now on Alipay will not cancel it. */
  readonly forbids?: true
}

/** The request reaches Alipay: what it may do, and what it then answers. */
export const landings = (world: World, { kind, asOf }: Call): readonly Landing[] => {
  const { trade } = world
  if (kind === 'pay') {
    const reply = (is: 'paid' | 'waiting'): News => ({ type: 'payReply', outcome: { is, facts } })
    if (trade !== 'none') return [{ trade, answer: unknownAnswer('pay'), how: 'trade exists' }]
    const refused: News = { type: 'payReply', outcome: { is: 'refused', failure: problem, certain: true } }
    return [
      { trade: 'paid', answer: reply('paid'), how: 'paid' },
      { trade: 'waiting', answer: reply('waiting'), how: 'buyer must confirm' },
      { trade: 'none', answer: refused, how: 'refused' },
      { trade: 'paid', answer: unknownAnswer('pay'), how: 'paid, but says system error' },
      { trade: 'none', answer: unknownAnswer('pay'), how: 'nothing done, says system error' },
    ]
  }
  if (kind === 'offer') {
    const refused: News = { type: 'offerReply', outcome: { is: 'refused', failure: problem, certain: true } }
    return [
      {
        trade,
        answer: { type: 'offerReply', outcome: { is: 'offered', qrCode: 'https://qr.alipay.com/x' } },
        how: 'QR made',
      },
      { trade, answer: refused, how: 'refused' },
    ]
  }
  if (kind === 'query') {
    const is = ({ none: 'notFound', waiting: 'waiting', paid: 'paid', closed: 'closed', refunded: 'closed' } as const)[
      trade
    ]
    const outcome = is === 'notFound' ? ({ is } as const) : ({ is, facts } as const)
    return [{ trade, answer: { type: 'queryReply', asOf, outcome }, how: is }]
  }
  const reply = (is: 'closed' | 'refunded' | 'nothing'): News => ({ type: 'cancelReply', outcome: { is, facts } })
  const impossible = {
    trade,
    answer: { type: 'cancelReply', outcome: { is: 'impossible', problem } },
    how: 'cannot be cancelled',
  } as const
  if (trade === 'none') return [{ trade, answer: reply('nothing'), how: 'no such trade' }]
  if (trade === 'closed') return [{ trade, answer: reply('closed'), how: 'closed already' }, impossible]
  if (trade === 'refunded') return [{ trade, answer: reply('refunded'), how: 'refunded already' }, impossible]
  if (world.cancelForbidden) return [impossible]
  const done = trade === 'waiting' ? ('closed' as const) : ('refunded' as const)
  return [
    { trade: done, answer: reply(done), how: done },
    { trade: done, answer: unknownAnswer('cancel'), how: `${done}, but says try again` },
    { trade, answer: unknownAnswer('cancel'), how: 'nothing done, says try again' },
    // Too late to cancel. Nobody sees since when before a cancel arrives, so it need not be a world of its own till then.
    ...(trade === 'paid' ? [{ ...impossible, forbids: true as const }] : []),
  ]
}
