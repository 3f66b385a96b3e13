import { type Field, insert } from '../wedge/field.ts'
import { placeOf, shiftOf } from './us-keys.ts'

/** Where simulated keys are sent to: an element, `document` or `window`. */
export interface SimulationTarget {
  dispatchEvent(event: Event): boolean
}

/** How the simulated scanner types. */
export interface SimulateScanOptions {
  /** Default: what has the focus, or else the page's body. */
  readonly target?: SimulationTarget
  /** ms from one key to the next. Default 5; 0 sends all at once, before the first `await`. */
  readonly perKey?: number
  /** The key after the code. Default `Enter`. */
  readonly suffix?: 'Enter' | 'Tab' | 'none'
  /** Whether an input method is on, so that events say only which key it was. Default false. */
  readonly inputMethod?: boolean
  /** Lets time pass, for tests with a clock of their own. Default: really waits. */
  readonly wait?: (ms: number) => unknown
}

interface KeyInit {
  readonly key: string
  readonly code: string
  readonly keyCode: number
  readonly shiftKey: boolean
  readonly bubbles: true
  readonly cancelable: true
  readonly composed: true
}

const keyInit = (key: string, inputMethod: boolean): KeyInit => ({
  key: inputMethod && key.length === 1 ? 'Process' : key,
  code: placeOf(key),
  keyCode: inputMethod && key.length === 1 ? 229 : 0,
  shiftKey: shiftOf(key),
  bubbles: true,
  cancelable: true,
  composed: true,
})

/** Stands in where there is no DOM. */
class PlainKeyboardEvent extends Event {
  constructor(type: string, init: KeyInit) {
    super(type, init)
    for (const [name, value] of Object.entries(init)) {
      if (!(name in this)) Object.defineProperty(this, name, { value, enumerable: true })
    }
  }
}

interface PageGlobals {
  readonly KeyboardEvent?: typeof PlainKeyboardEvent
  readonly document?: { readonly activeElement: SimulationTarget | null; readonly body: SimulationTarget }
}

const focused = (): SimulationTarget => {
  const { document } = globalThis as PageGlobals
  if (document === undefined) throw new TypeError('simulateScan: no page; give a target')
  return document.activeElement ?? document.body
}

const press = (target: SimulationTarget, init: KeyInit): void => {
  const KeyboardEventHere = (globalThis as PageGlobals).KeyboardEvent ?? PlainKeyboardEvent
  const isFree = target.dispatchEvent(new KeyboardEventHere('keydown', init))
  if (isFree && init.key.length === 1) insert(target as Field, init.key)
  target.dispatchEvent(new KeyboardEventHere('keyup', init))
}

/**
 * Sends what a scanner in keyboard mode sends: key presses, one after the other. What nobody keeps from the page ends up
 * in the field, as it really would; so a test sees what a cashier would see. With a large `perKey` it types like a person.
 *
 * ```ts
 * await simulateScan('280000000000000000')
 * ```
 */
export const simulateScan = async (code: string, options: SimulateScanOptions = {}): Promise<void> => {
  const { perKey = 5, suffix = 'Enter', inputMethod = false } = options
  const { wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)) } = options
  const target = options.target ?? focused()
  const keys = [...code, ...(suffix === 'none' ? [] : [suffix])]
  for (const [index, key] of keys.entries()) {
    if (index > 0 && perKey > 0) await wait(perKey)
    press(target, keyInit(key, inputMethod))
  }
}
