import { memoryStore, type Payment, type Refund } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { Controller, Inject, Injectable, Scope, type Type } from '@nestjs/common'
import { describe, expect, test } from 'vitest'
import { Cashier, OnPayment, OnRefund } from '../src/index.ts'
import { forRoot, order, pay, startContext } from './nest.ts'

/** Calls as `method outTradeNo`, in order. */
class Calls {
  readonly all: string[] = []
  note(method: string, { outTradeNo }: Payment): void {
    this.all.push(`${method} ${outTradeNo}`)
  }
}

@Injectable()
class Books {
  readonly calls: Calls
  constructor(@Inject(Calls) calls: Calls) {
    this.calls = calls
  }

  @OnPayment('paid')
  onPaid(payment: Payment): void {
    this.calls.note('onPaid', payment)
  }

  @OnPayment('failed')
  @OnPayment('closed')
  async onNothing(payment: Payment): Promise<void> {
    this.calls.note('onNothing', payment)
  }

  @OnRefund()
  onRefund(refund: Refund, payment: Payment): void {
    this.calls.note(`onRefund ${refund.outRequestNo} ${refund.status}`, payment)
  }
}

@Injectable()
class Mailer {
  readonly calls: Calls
  constructor(@Inject(Calls) calls: Calls) {
    this.calls = calls
  }

  @OnPayment('settled')
  onSettled(payment: Payment): void {
    this.calls.note('onSettled', payment)
  }
}

const started = async (providers: readonly Type[], options: Parameters<typeof forRoot>[0] = {}) => {
  const app = await startContext({ imports: [forRoot(options)], providers: [Calls, ...providers] })
  return { app, calls: app.get(Calls).all }
}

const problemOf = async (...providers: readonly Type[]): Promise<unknown> => {
  try {
    await started(providers)
  } catch (error) {
    return error
  }
  return undefined
}

describe('handlers', () => {
  test('are called with what has ended: the one of its status, then the one of all', async () => {
    const { app, calls } = await started([Books, Mailer])
    const paid = await pay(app)
    const failed = await pay(app, 'refuses')
    expect(calls).toEqual([
      `onPaid ${paid.outTradeNo}`,
      `onSettled ${paid.outTradeNo}`,
      `onNothing ${failed.outTradeNo}`,
      `onSettled ${failed.outTradeNo}`,
    ])
  })

  test('of refunds are called with the refund and its payment', async () => {
    const { app, calls } = await started([Books])
    const { outTradeNo } = await pay(app)
    await app.get(Cashier).refund({ outTradeNo, outRequestNo: 'R1', refundAmount: '0.40' })
    await app.get(Cashier).idle()
    expect(calls).toEqual([`onPaid ${outTradeNo}`, `onRefund R1 succeeded ${outTradeNo}`])
  })

  test('are found on controllers, and on parents of a class', async () => {
    @Controller()
    class Desk extends Books {}
    const app = await startContext({ imports: [forRoot()], providers: [Calls], controllers: [Desk] })
    const { outTradeNo } = await pay(app)
    expect(app.get(Calls).all).toEqual([`onPaid ${outTradeNo}`])
  })

  test('are found once when a provider has several tokens', async () => {
    const alias = { provide: 'BOOKS', useExisting: Books }
    const app = await startContext({ imports: [forRoot()], providers: [Calls, Books, alias] })
    const { outTradeNo } = await pay(app)
    expect(app.get(Calls).all).toEqual([`onPaid ${outTradeNo}`])
  })

  test('are called beside onSettled and onRefund of the options', async () => {
    const told: string[] = []
    const { app, calls } = await started([Books], {
      onSettled: ({ status }) => void told.push(status),
      onRefund: ({ status }) => void told.push(`refund ${status}`),
    })
    const { outTradeNo } = await pay(app)
    await app.get(Cashier).refund({ outTradeNo, outRequestNo: 'R1', refundAmount: '0.40' })
    await app.get(Cashier).idle()
    expect(told).toEqual(['paid', 'refund succeeded'])
    expect(calls).toHaveLength(2)
  })

  test('need not be there', async () => {
    const { app } = await started([])
    const { outTradeNo } = await pay(app)
    expect((await app.get(Cashier).find(outTradeNo))?.reports).toEqual([])
  })
})

describe('the application does not start', () => {
  @Injectable()
  class OtherBooks {
    @OnPayment('paid')
    book(): undefined {
      return undefined
    }
  }

  test('with two methods for one event, and says which', async () => {
    expect(await problemOf(Books, OtherBooks)).toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/@OnPayment\('paid'\) is on both Books\.onPaid and OtherBooks\.book\./),
    })
  })

  test('with two methods for refunds', async () => {
    @Injectable()
    class Refunds {
      @OnRefund()
      first(): undefined {
        return undefined
      }
      @OnRefund()
      second(): undefined {
        return undefined
      }
    }
    expect(await problemOf(Refunds)).toMatchObject({
      message: expect.stringMatching(/@OnRefund\(\) is on both Refunds\.first and Refunds\.second/),
    })
  })

  test.each([
    ['request', Scope.REQUEST],
    ['transient', Scope.TRANSIENT],
  ])('with a method on a %s-scoped provider, which nobody could call', async (_, scope) => {
    @Injectable({ scope })
    class Brief {
      @OnPayment('paid')
      book(): undefined {
        return undefined
      }
    }
    expect(await problemOf(Brief)).toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/Brief\.book, which must be a singleton/),
    })
  })
})

describe('a handler that throws', () => {
  const failing = (times: number, method: string) => {
    @Injectable()
    class Failing {
      readonly calls: Calls
      left = times
      constructor(@Inject(Calls) calls: Calls) {
        this.calls = calls
      }

      @OnPayment('paid')
      onPaid(payment: Payment): void {
        this.calls.note(method, payment)
        if (this.left-- > 0) throw new Error(`${method} is out of order`)
      }
    }
    return Failing
  }

  test('is called again until it does not, and so is every other of the same payment', async () => {
    const clock = new SimulatedClock()
    const problems: unknown[] = []
    const onProblem = (error: unknown, about?: string) => void problems.push([(error as Error).message, about])
    const { app, calls } = await started([failing(2, 'onPaid'), Mailer], { clock, onProblem })
    const { outTradeNo } = await pay(app)
    await clock.advanceUntil(() => calls.length >= 6)
    expect(calls).toEqual(Array.from({ length: 3 }, () => [`onPaid ${outTradeNo}`, `onSettled ${outTradeNo}`]).flat())
    expect(problems).toEqual(Array.from({ length: 2 }, () => ['onPaid is out of order', outTradeNo]))
    expect((await app.get(Cashier).find(outTradeNo))?.reports).toEqual([])
  })

  test('together with another one is reported with the words of both', async () => {
    const problems: unknown[] = []
    const { app } = await started([failing(1, 'onPaid')], {
      clock: new SimulatedClock(),
      onProblem: (error) => void problems.push(error),
      onSettled: () => {
        throw 'the mail is down'
      },
    })
    await pay(app)
    expect(problems).toMatchObject([{ name: 'AggregateError', message: 'onPaid is out of order; the mail is down' }])
  })

  test('in a process that ended is called by the next one, once it has started', async () => {
    const store = memoryStore()
    const clock = new SimulatedClock()
    const onProblem = () => undefined
    const first = await started([failing(1_000, 'first')], { store, clock, onProblem })
    const { outTradeNo } = await pay(first.app)
    await first.app.close()
    const second = await started([failing(0, 'second')], { store, clock, onProblem })
    expect(second.calls).toEqual([])
    await clock.advanceUntil(() => second.calls.length > 0)
    expect(second.calls).toEqual([`second ${outTradeNo}`])
  })

  test('is not missed before the application has started', async () => {
    const store = memoryStore()
    const clock = new SimulatedClock()
    const { app } = await started([failing(1_000, 'first')], { store, clock, onProblem: () => undefined })
    const { outTradeNo } = await pay(app)
    await app.close()
    clock.set(clock.now() + 3_600_000)
    // A queue that has the payment's wake-up ready as soon as anybody takes wake-ups.
    const advanced: Promise<void>[] = []
    const wakeups = {
      schedule: () => undefined,
      start: (advance: (number: string) => Promise<void>) => void advanced.push(advance(outTradeNo)),
      close: async () => undefined,
    }
    const next = await started([failing(0, 'next')], { store, clock, wakeups })
    await Promise.all(advanced)
    await next.app.get(Cashier).idle()
    expect(next.calls).toEqual([`next ${outTradeNo}`])
  })
})

test('a decorated method must be able to take what it is called with', () => {
  class Wrong {
    // @ts-expect-error a payment is no refund
    @OnPayment('paid')
    book(refund: Refund): string {
      return refund.outRequestNo
    }
  }
  expect(Wrong).toBeDefined()
})

test('a method that nothing would call cannot be decorated', () => {
  const refused = expect.objectContaining({ code: 'CONFIG_INVALID' })
  expect(() => {
    class Wrong {
      readonly shelf = 1
      @OnPayment('paid')
      static book(): void {}
    }
    return Wrong
  }).toThrow(refused)
  expect(() => {
    class Wrong {
      // @ts-expect-error nothing looks for methods without a name
      @OnRefund()
      [Symbol.iterator](): void {}
    }
    return Wrong
  }).toThrow(refused)
  expect(() => {
    class Wrong {
      // @ts-expect-error there is no such event
      @OnPayment('payed')
      book(): void {}
    }
    return Wrong
  }).toThrow(refused)
})

test('an order that waits tells nobody', async () => {
  const { app, calls } = await started([Books, Mailer])
  await app.get(Cashier).start(await order('waits'))
  await app.get(Cashier).idle()
  expect(calls).toEqual([])
})
