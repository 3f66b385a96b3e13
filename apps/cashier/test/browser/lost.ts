import { expect, test } from 'vitest'
import type { Bench } from '../support/bench.ts'

/** Tries to read the till's private key out of where it is kept. */
const EXPORT_KEY = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const database = await done(indexedDB.open('f2f-till'))
  const { key } = await done(database.transaction('till').objectStore('till').get('enrolled'))
  return crypto.subtle.exportKey('jwk', key.privateKey).then(
    () => 'exported',
    () => 'extractable: ' + key.privateKey.extractable,
  )
})()`

export const lostTests = (bench: Bench): void => {
  test('a payment begun before a reload is found again', async (context) => {
    const { till, counter } = await bench.open(context)
    await till.amount('41')
    await till.scan(await counter.code('09'))
    await till.chapter('askBuyer')
    const outTradeNo = await till.number()
    await till.page.reload()
    await till.button('等待顾客确认').click()
    expect(await till.number()).toBe(outTradeNo)
    await counter.control(`/trades/${outTradeNo}/confirm`, {})
    await till.chapter('paid')
    expect(counter.simulator.ledger.find(outTradeNo)?.calls.pay).toBe(1)
  })

  test('a back end that goes away is shown, and the payment is followed when it is back', async (context) => {
    const { till, counter } = await bench.open(context)
    await till.amount('52')
    await till.scan(await counter.code('09'))
    await till.chapter('askBuyer')
    await counter.goDown()
    await till.chapter('looking')
    await till.page.getByText('离线').waitFor()
    await counter.control(`/trades/${await till.number()}/confirm`, {})
    await counter.comeBack()
    await till.chapter('paid')
    await till.page.getByText('在线').waitFor()
  })

  test('a request that never arrived is said to be so, and is sent again under the same number', async (context) => {
    const { till, counter } = await bench.open(context)
    await till.amount('63')
    await counter.goDown()
    await till.scan(await counter.code('00'))
    await till.chapter('looking')
    await counter.comeBack()
    await till.page.reload()
    await till.button('没有收款').click()
    await till.chapter('unheard')
    const outTradeNo = await till.number()
    await till.button('用同一单号重新扫码').click()
    await till.scan(await counter.code('00'))
    await till.chapter('paid')
    expect(await till.number()).toBe(outTradeNo)
    expect(counter.simulator.ledger.trades().map(({ outTradeNo: number }) => number)).toEqual([outTradeNo])
  })

  test('an answer that is lost on its way to the till is looked for, not asked for twice', async (context) => {
    const { till, counter } = await bench.open(context)
    await till.page.route('**/payments', async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await till.amount('74')
    await till.scan(await counter.code('00'))
    await till.chapter('paid')
    expect(counter.simulator.ledger.trades().map(({ calls }) => calls.pay)).toEqual([1])
  })

  test('where streams do not come through, the page asks instead', async (context) => {
    const { till, counter } = await bench.open(context)
    await till.page.route('**/events', (route) => route.abort())
    await till.amount('85')
    await till.scan(await counter.code('09'))
    await till.chapter('askBuyer', 'looking')
    await counter.control(`/trades/${await till.number()}/confirm`, {})
    await till.chapter('paid')
  })

  test('a token that was refused is renewed without a word; a till that was revoked says so', async (context) => {
    const { till, counter } = await bench.open(context)
    let refused = 0
    await till.page.route('**/payments', async (route) => {
      refused += 1
      const headers = { ...route.request().headers(), authorization: 'Bearer stale' }
      await (refused === 1 ? route.continue({ headers }) : route.continue())
    })
    await till.amount('9')
    await till.scan(await counter.code('00'))
    await till.chapter('paid')
    expect(refused).toBe(2)
    await counter.shop.revoke('T01')
    await till.button('账单').click()
    await till.page.getByText('后台已不再认可这台收银机').waitFor()
  })

  test('nothing of the customer’s code stays in the page, and the key cannot be read', async (context) => {
    const { till, counter } = await bench.open(context)
    const code = await counter.code('09')
    const requests: string[] = []
    till.page.on('request', (request) => requests.push(request.url()))
    await till.amount('96')
    await till.scan(code)
    await till.chapter('askBuyer')
    const kept = await till.page.evaluate(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.body.innerHTML])',
    )
    expect(kept).not.toContain(code)
    expect(requests.filter((url) => url.includes(code))).toEqual([])
    const exported = await till.page.evaluate(EXPORT_KEY)
    expect(exported).toBe('extractable: false')
  })
}
