import { type Clock, systemClock } from '../clock.ts'
import { scheduleAll } from '../wakeups/schedule-all.ts'
import type { WakeupPlan, Wakeups } from '../wakeups/wakeups.ts'

/** Wake-ups to be tested, with nothing planned and not started. */
export interface WakeupsUnderTest {
  readonly wakeups: Wakeups
  /** The clock they go by. Default {@link systemClock}. */
  readonly clock?: Clock
  /**
   * Lets `ms` milliseconds pass on that clock. Default: waits for them, in real time when the clock is real. For a
   * `SimulatedClock`: `(ms) => clock.advance(ms)`.
   */
  readonly advance?: (ms: number) => Promise<void>
  /** The same wake-ups as another process sees them, not started. */
  readonly another?: () => Promise<Wakeups>
  /** Ends everything the factory opened; the wake-ups may be closed already. */
  readonly close: () => Promise<void>
}

/** One rule: what it says and how it is checked. */
export interface WakeupsRule {
  readonly name: string
  readonly check: (bench: WakeupsBench) => Promise<void>
  /** `another`: a second process. `recall`: an overtaken plan can be called off. */
  readonly needs?: 'another' | 'recall'
}

export interface Call {
  readonly outTradeNo: string
  readonly at: number
}

/** Between two looks whether something has happened, ms. */
const LOOK_EVERY = 20

/** Something a call waits for. */
export interface Gate {
  readonly opened: Promise<void>
  readonly open: () => void
}

/** Wake-ups with a record of what they called. */
export class WakeupsBench {
  readonly wakeups: Wakeups
  readonly calls: Call[] = []
  readonly #tested: WakeupsUnderTest
  readonly #clock: Clock
  readonly #patience: number
  readonly #gates: Gate[] = []

  constructor(tested: WakeupsUnderTest, patience: number) {
    this.wakeups = tested.wakeups
    this.#tested = tested
    this.#clock = tested.clock ?? systemClock
    this.#patience = patience
  }

  /** The instant `ms` milliseconds from now. */
  in(ms: number): Date {
    return new Date(this.#clock.now() + ms)
  }

  /** A gate, closed until the rule opens it or has ended. */
  gate(): Gate {
    let open = (): void => undefined
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    const gate = { opened, open }
    this.#gates.push(gate)
    return gate
  }

  /** Ends what the rule left standing, so that nothing waits for ever. */
  async end(): Promise<void> {
    for (const { open } of this.#gates) open()
    await this.#tested.close()
  }

  /** Starts them; every call is recorded, and then `advance` runs. */
  async start(advance: (outTradeNo: string) => Promise<void> = async () => undefined): Promise<void> {
    await this.wakeups.start((outTradeNo) => {
      this.calls.push({ outTradeNo, at: this.#clock.now() })
      return advance(outTradeNo)
    })
  }

  /** Plans in one piece where the wake-ups can, and one by one otherwise, as a cashier does. */
  scheduleMany(plans: readonly WakeupPlan[]): Promise<void> {
    return scheduleAll(this.wakeups, plans)
  }

  callsOf(outTradeNo: string): readonly Call[] {
    return this.calls.filter((call) => call.outTradeNo === outTradeNo)
  }

  pass(ms: number): Promise<void> {
    const wait = () => new Promise<void>((resolve) => this.#clock.setTimeout(resolve, ms))
    return this.#tested.advance === undefined ? wait() : this.#tested.advance(ms)
  }

  /** Lets time pass until `holds`. Rejects with `what` when the patience is at an end. */
  async until(holds: () => boolean, what: string): Promise<void> {
    const end = this.#clock.now() + this.#patience
    while (!holds()) {
      if (this.#clock.now() >= end) throw new Error(`${what}: not within ${this.#patience} ms`)
      await this.pass(LOOK_EVERY)
    }
  }

  untilCalled(outTradeNo: string, times = 1): Promise<void> {
    return this.until(() => this.callsOf(outTradeNo).length >= times, `call ${times} for ${outTradeNo}`)
  }

  /** The same wake-ups in another process; the factory must offer that. */
  another(): Promise<Wakeups> {
    const { another } = this.#tested
    if (another === undefined) throw new Error('The factory gives no `another`: give it, or declare the difference.')
    return another()
  }
}
