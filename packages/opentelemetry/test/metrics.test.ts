import { describe, expect, onTestFinished, test } from 'vitest'
import { type InstrumentF2fOptions, instrumentF2f } from '../src/index.ts'
import { prometheus, type Sample } from './prometheus.ts'
import { openShop, SECOND } from './shop.ts'

const watch = (options: InstrumentF2fOptions = {}) => {
  const { meter, scrape, close } = prometheus()
  const stop = instrumentF2f({ tracer: false, meter, ...options })
  onTestFinished(async () => {
    stop()
    await close()
  })
  return { scrape, stop }
}

const reading = (samples: readonly Sample[], name: string, labels: Record<string, string> = {}): number | undefined =>
  samples.find(
    (sample) => sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  )?.value

describe('metrics', () => {
  test('payments by outcome, with the time they took', async () => {
    const { scrape } = watch()
    const { cashier, order, clock } = openShop()
    for (const scenario of ['00', '00', '04', '03', '09']) await cashier.start(order(scenario))
    await clock.advance(100 * SECOND)
    const samples = await scrape()
    const settled = (status: string) =>
      reading(samples, 'f2f_payment_settled_total', { f2f_payment_status: status, f2f_payment_late: 'false' })
    expect([settled('paid'), settled('failed'), settled('closed')]).toEqual([3, 1, 1])
    expect(reading(samples, 'f2f_payment_started_total')).toBe(5)
    expect(reading(samples, 'f2f_payment_cancels_total', { f2f_cancel_reason: 'deadline' })).toBe(1)
    const seconds = { f2f_payment_kind: 'barcode', f2f_payment_status: 'closed' }
    expect(reading(samples, 'f2f_payment_duration_sum', seconds)).toBe(60)
    expect(reading(samples, 'f2f_payment_duration_bucket', { ...seconds, le: '60' })).toBe(1)
  })

  test('what an alert must see the first time is zero before', async () => {
    const { scrape } = watch()
    const samples = await scrape()
    for (const kind of ['barcode', 'qr']) {
      expect(reading(samples, 'f2f_payment_attention_total', { f2f_payment_kind: kind })).toBe(0)
      for (const status of ['paid', 'reversed', 'closed'])
        expect(
          reading(samples, 'f2f_payment_settled_total', {
            f2f_payment_kind: kind,
            f2f_payment_status: status,
            f2f_payment_late: 'true',
          }),
        ).toBe(0)
    }
  })

  test('calls by method and outcome, with the time they took', async () => {
    const { scrape } = watch()
    const { cashier, order, clock } = openShop()
    await cashier.start(order('32'))
    await clock.advance(30 * SECOND)
    const samples = await scrape()
    const pay = { rpc_system_name: 'alipay', rpc_method: 'alipay.trade.pay' }
    const lost = { ...pay, error_type: 'UNKNOWN_TIMEOUT' }
    expect(reading(samples, 'rpc_client_call_duration_sum', lost)).toBe(10)
    await cashier.start(order('04'))
    await clock.advance(SECOND)
    const refused = { ...pay, rpc_response_status_code: '40004' }
    expect(reading(await scrape(), 'rpc_client_call_duration_count', refused)).toBe(1)
  })

  test('open payments of the store: waiting, and unknown', async () => {
    const { cashier, order, clock, store } = openShop(
      {},
      { faults: [{ method: 'query', when: 'before', fault: 'drop' }] },
    )
    const { scrape } = watch({ store })
    const open = async () => {
      const samples = await scrape()
      return ['waiting', 'unknown'].map((state) => reading(samples, 'f2f_payment_open', { f2f_payment_state: state }))
    }
    expect(await open()).toEqual([0, 0])
    await cashier.start(order('09'))
    await cashier.start(order('31'))
    await clock.advance(SECOND)
    expect(await open()).toEqual([1, 1])
    await clock.advance(6 * SECOND)
    expect(await open()).toEqual([0, 2])
    await clock.advance(100 * SECOND)
    expect(await open()).toEqual([0, 0])
  })

  test('notifications handled and refused, and why', async () => {
    const { scrape } = watch()
    const { cashier, order, clock } = openShop()
    await cashier.start(order('03'))
    await clock.advance(20 * SECOND)
    await cashier.handleNotify('sign=forged')
    const samples = await scrape()
    const handled = (reply: string) =>
      reading(samples, 'f2f_notification_handled_total', { f2f_notification_reply: reply })
    expect([handled('success'), handled('fail')]).toEqual([1, 1])
    const refused = { error_type: 'NOTIFY_BAD_SIGNATURE' }
    expect(reading(samples, 'f2f_notification_verify_failures_total', refused)).toBe(1)
  })

  test('deliveries, those that failed, and problems', async () => {
    const { scrape } = watch()
    let calls = 0
    const { cashier, order, clock } = openShop({
      onSettled: () => {
        if (++calls === 1) throw new TypeError('no printer')
      },
    })
    await cashier.pay(order('00'))
    await clock.advance(2 * SECOND)
    const samples = await scrape()
    const deliveries = samples.filter(({ name }) => name === 'f2f_delivery_duration_count')
    expect(deliveries.map(({ labels, value }) => [labels.error_type, value])).toEqual([
      ['TypeError', 1],
      [undefined, 1],
    ])
    expect(reading(samples, 'f2f_problems_total', { error_type: 'TypeError' })).toBe(1)
  })

  test('refunds by outcome', async () => {
    const { scrape } = watch()
    const { cashier, order } = openShop()
    const { outTradeNo } = await cashier.pay(order('00'))
    await cashier.refund({ outTradeNo, outRequestNo: 'R1', refundAmount: '0.40' })
    await cashier.idle()
    expect(reading(await scrape(), 'f2f_refund_settled_total', { f2f_refund_status: 'succeeded' })).toBe(1)
  })

  test('a queue of wake-ups; while it is away the other metrics are there', async () => {
    let away = false
    const health = async () => {
      if (away) throw new Error('no Redis')
      return { planned: 7, waiting: 2, active: 1 }
    }
    const { scrape } = watch({ wakeups: { health } })
    const { cashier, order } = openShop()
    await cashier.pay(order('00'))
    await cashier.idle()
    const jobs = async () => {
      const samples = await scrape()
      expect(reading(samples, 'f2f_payment_settled_total', { f2f_payment_late: 'false' })).toBe(1)
      return ['planned', 'waiting', 'active'].map((state) =>
        reading(samples, 'f2f_wakeup_jobs', { f2f_wakeup_state: state }),
      )
    }
    expect(await jobs()).toEqual([7, 2, 1])
    away = true
    expect(await jobs()).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })

  test('labels have few values: no order number, merchant or store is one', async () => {
    const { scrape } = watch()
    const { cashier, order } = openShop()
    await cashier.pay({ ...order('00'), storeId: 'STORE-1' })
    await cashier.idle()
    expect(JSON.stringify(await scrape())).not.toMatch(/"T1"|STORE-1/)
  })

  test('stopping counts no more', async () => {
    const { scrape, stop } = watch()
    const { cashier, order } = openShop()
    stop()
    await cashier.pay(order('00'))
    await cashier.idle()
    expect(reading(await scrape(), 'f2f_payment_settled_total', { f2f_payment_late: 'false' })).toBeUndefined()
  })
})
