import type { Principal } from '../http/index.ts'
import { assert, assertEqual } from './assert.ts'
import { assertProblem, type HttpBench, type Read } from './http-contract-bench.ts'
import type { HttpRule } from './http-contract-rule.ts'

const OFFICE: Principal = { scopes: ['authorise'] }
const PROGRAM = { accept: 'application/json' }
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

const start = (bench: HttpBench, query: string, as: Principal | null = OFFICE, headers = PROGRAM): Promise<Read> =>
  bench.ask(`/authorisations/start${query}`, { as, headers })

/** Nobody is known who comes back: the state says whose authorisation it is. */
const comeBack = (bench: HttpBench, query: string, headers = PROGRAM): Promise<Read> =>
  bench.ask(`/authorisations/callback?${query}`, { as: null, headers })

/** The query with which a merchant comes back that was sent away and agreed. */
const agreed = async (bench: HttpBench, merchantId: string): Promise<string> => {
  const { status, json, text } = await start(bench, `?merchantId=${merchantId}`)
  assertEqual(status, 200, text)
  return bench.returned(String(json.url))
}

/** Rules about merchants that give their leave. */
export const AUTHORISE_RULES: readonly HttpRule[] = [
  {
    name: 'MUST send a merchant away, a browser by a redirect, and take it back once',
    async check(bench) {
      const query = await agreed(bench, 'M1')
      const back = await comeBack(bench, query)
      assertEqual([back.status, back.json.status], [200, 'authorised'], back.text)
      assertProblem(await comeBack(bench, query), 403, 'AUTHORISATION_STATE_INVALID')
      const browser = await start(bench, '?merchantId=M1', OFFICE, BROWSER)
      assertEqual([browser.status, browser.text], [302, ''], 'the answer to a browser')
      assert(URL.canParse(browser.headers.location ?? ''), `it leads to ${browser.headers.location}`)
    },
  },
  {
    name: 'MUST show who comes back a page that gives nothing away and is kept nowhere',
    async check(bench) {
      const query = await agreed(bench, 'M1')
      for (const status of [200, 403]) {
        const { headers, text, ...page } = await comeBack(bench, query, BROWSER)
        assertEqual([page.status, headers['content-type']], [status, 'text/html; charset=utf-8'], text)
        assertEqual(headers['referrer-policy'], 'no-referrer', 'the page may tell others its address')
        assert((headers['cache-control'] ?? '').includes('no-store'), 'the page may be kept')
        for (const [name, value] of new URLSearchParams(query)) {
          assert(!text.includes(value), `the page shows the ${name}`)
        }
      }
    },
  },
  {
    name: 'MUST send merchants away only for who is limited to nothing and may authorise',
    async check(bench) {
      assertProblem(await start(bench, '?merchantId=M1', null), 401, 'AUTH_REQUIRED')
      const others: readonly Principal[] = [
        { scopes: ['pay', 'refund', 'reconcile', 'watch'] },
        { ...OFFICE, terminalId: 'T1' },
        { ...OFFICE, storeId: 'S1' },
        { ...OFFICE, merchantId: 'M1' },
      ]
      for (const as of others) assertProblem(await start(bench, '?merchantId=M1', as), 403, 'AUTH_FORBIDDEN')
    },
  },
  {
    name: 'MUST refuse no merchant, two merchants, and what Alipay never sends, by name, and use nothing up by it',
    async check(bench) {
      for (const query of ['', '?merchantId=M1&merchantId=M2']) {
        assertProblem(await start(bench, query), 400, 'REQUEST_INVALID', 'merchantId')
      }
      const query = await agreed(bench, 'M1')
      const twice = `${query}&state=x`
      const evil = new URLSearchParams(query)
      evil.set('state', '__proto__\r\nset-cookie: a=b')
      for (const wrong of ['', twice, evil.toString()]) {
        assertProblem(await comeBack(bench, wrong), 400, 'REQUEST_INVALID', 'state')
      }
      const looked = await bench.ask(`/authorisations/callback?${query}`, { method: 'HEAD', as: null })
      assertEqual([looked.status, looked.headers.allow], [405, 'GET'], 'who only looks, such as a mail filter')
      assertEqual((await comeBack(bench, query)).status, 200, 'the merchant itself, after all that')
    },
  },
]
