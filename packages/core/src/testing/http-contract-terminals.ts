import { assert, assertEqual } from './assert.ts'
import { assertProblem, type HttpBench, type Json, type Read, TILL } from './http-contract-bench.ts'
import type { HttpRule, TerminalsUnderTest, TillUnderTest } from './http-contract-rule.ts'

/** More wrong attempts than anybody makes by mistake. */
const MANY = 200

const ASKED = { ...TILL, terminalId: 'T9', storeId: 'S9', scopes: ['pay', 'refund'], refundLimit: '50.00' } as const

const NOBODY = { as: null }

const enrol = (bench: HttpBench, code: string, { publicKey }: TillUnderTest): Promise<Read> =>
  bench.post('/terminals', { code, publicKey }, NOBODY)

const enrolled = async (bench: HttpBench, terminals: TerminalsUnderTest): Promise<[TillUnderTest, Read]> => {
  const till = await terminals.newTill(ASKED.terminalId)
  return [till, await enrol(bench, await terminals.invite(ASKED), till)]
}

const assertToken = async (bench: HttpBench, { json, headers, text }: Read): Promise<void> => {
  const { token, expiresAt, ...identity } = json
  assertEqual(sorted(identity), sorted(ASKED), text)
  assert(!Number.isNaN(Date.parse(String(expiresAt))), 'expiresAt is no instant')
  assert((headers['cache-control'] ?? '').includes('no-store'), 'a token may be kept')
  const me = await bench.ask('/me', { as: null, headers: { authorization: `Bearer ${token}` } })
  assertEqual([me.status, sorted(me.json)], [200, sorted(ASKED)], 'who the token says it is')
}

const sorted = (identity: Json): unknown => Object.entries(identity).sort(([a], [b]) => (a < b ? -1 : 1))

/** Asks until something else than the refusal comes. */
const untilStopped = async (refused: number, ask: () => Promise<Read>): Promise<Read> => {
  for (let times = 0; times < MANY; times++) {
    const reply = await ask()
    if (reply.status !== refused) return reply
  }
  throw new Error(`${MANY} wrong attempts were all looked at`)
}

const assertStopped = (reply: Read): void => {
  assertProblem(reply, 429, 'AUTH_TOO_MANY_ATTEMPTS')
  assert(/^[1-9]\d*$/.test(reply.headers['retry-after'] ?? ''), 'Retry-After says nothing')
}

/** Rules about tills that get their token over HTTP. */
export const TERMINAL_RULES: readonly HttpRule[] = [
  {
    name: 'MUST turn a code into a token that works, once',
    async check(bench) {
      const { terminals } = bench
      const till = await terminals.newTill(ASKED.terminalId)
      const code = await terminals.invite(ASKED)
      const reply = await enrol(bench, code, till)
      assertEqual(reply.status, 201, reply.text)
      await assertToken(bench, reply)
      assertProblem(await enrol(bench, code, till), 403, 'ENROLMENT_REFUSED')
    },
  },
  {
    name: 'MUST turn a proof into a fresh token, once',
    async check(bench) {
      const [till] = await enrolled(bench, bench.terminals)
      const proof = await till.proof()
      const reply = await bench.post('/terminals/token', { proof }, NOBODY)
      assertEqual(reply.status, 200, reply.text)
      await assertToken(bench, reply)
      assertProblem(await bench.post('/terminals/token', { proof }, NOBODY), 401, 'AUTH_INVALID')
    },
  },
  {
    name: 'MUST refuse wrong members by name, and keep the code for another try',
    async check(bench) {
      const { terminals } = bench
      const code = await terminals.invite(ASKED)
      const till = await terminals.newTill(ASKED.terminalId)
      const { publicKey } = till
      const cases: readonly (readonly [string, string, unknown])[] = [
        ['/terminals', 'publicKey', { code }],
        ['/terminals', 'publicKey', { code, publicKey: 'x' }],
        ['/terminals', 'publicKey', { code, publicKey: [] }],
        ['/terminals', 'publicKey', { code, publicKey: {} }],
        ['/terminals', 'code', { publicKey }],
        ['/terminals', 'code', { code: 1, publicKey }],
        ['/terminals', 'terminalId', { code, publicKey, terminalId: 'T1' }],
        ['/terminals/token', 'proof', {}],
        ['/terminals/token', 'operatorId', { proof: 'x', operatorId: 'O2' }],
      ]
      for (const [path, field, body] of cases) {
        assertProblem(await bench.post(path, body, NOBODY), 400, 'REQUEST_INVALID', field)
      }
      assertEqual((await enrol(bench, code, till)).status, 201, 'the code, used properly')
    },
  },
  {
    name: 'MUST stop who guesses codes, and still renew the tokens of enrolled tills',
    async check(bench) {
      const [till] = await enrolled(bench, bench.terminals)
      assertStopped(await untilStopped(403, () => enrol(bench, '0000-0000-0000-0000', till)))
      const proof = await till.proof()
      assertEqual((await bench.post('/terminals/token', { proof }, NOBODY)).status, 200, 'a till that is enrolled')
    },
  },
  {
    name: 'MUST stop who sends wrong proofs, and still renew the tokens of enrolled tills',
    async check(bench) {
      const [till] = await enrolled(bench, bench.terminals)
      assertStopped(await untilStopped(401, () => bench.post('/terminals/token', { proof: 'x.y.z' }, NOBODY)))
      const proof = await till.proof()
      assertEqual((await bench.post('/terminals/token', { proof }, NOBODY)).status, 200, 'a till that is enrolled')
    },
  },
]
