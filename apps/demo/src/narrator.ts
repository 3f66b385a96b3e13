import { type Payment, parseNode, readReply, type Transport } from '@f2f/core'
import type { Words } from './words.ts'

export type Print = (line: string) => void

/** Tells, line by line with the time, what is asked of Alipay, what it answers, and what we then know. */
export class Narrator {
  readonly #print: Print
  readonly #words: Words
  readonly #began: number
  readonly #now: () => number
  #isResting = false

  constructor(print: Print, words: Words, now: () => number) {
    this.#print = print
    this.#words = words
    this.#now = now
    this.#began = now()
  }

  scene(title: string): void {
    this.#print(`\n${title}`)
  }

  known(what: string): void {
    this.#line(`● ${this.#words.known.padEnd(9)}`, what)
  }

  status(payment: Payment): void {
    this.known(this.#words.status(payment))
  }

  /** The same transport, with every exchange told. */
  listening(transport: Transport): Transport {
    return async (request) => {
      const method = new URL(request.url).searchParams.get('method') ?? ''
      this.#line(`→ ${this.#words.asked.padEnd(9)}`, method)
      try {
        const response = await transport(request)
        this.#line(`← ${this.#words.answered.padEnd(9)}`, summary(response.body, method))
        return response
      } catch (error) {
        this.#line(
          `✗ ${this.#words.noAnswer.padEnd(9)}`,
          error instanceof Error && 'code' in error ? String(error.code) : '',
        )
        throw error
      }
    }
  }

  /** Tells no more: what the till does is seen at the till. */
  rest(): void {
    this.#isResting = true
  }

  #line(mark: string, what: string): void {
    if (this.#isResting) return
    const seconds = ((this.#now() - this.#began) / 1_000).toFixed(2).padStart(6)
    this.#print(`  ${seconds}s  ${mark} ${what}`)
  }
}

/** The few fields of a reply that tell the story. Only for show: the client verifies and reads the reply itself. */
const summary = (body: Uint8Array, method: string): string => {
  const node = parseNode(readReply(body, method).signedBytes)
  const told = [node.code, node.sub_code, node.trade_status, node.action, node.fund_change]
  return told.filter((value) => typeof value === 'string').join(' ')
}
