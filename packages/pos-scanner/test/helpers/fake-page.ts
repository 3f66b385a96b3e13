import { placeOf, shiftOf } from '../../src/testing/us-keys.ts'
import type { Field } from '../../src/wedge/field.ts'

export interface FakeKeyInit {
  readonly key: string
  readonly code?: string
  readonly keyCode?: number
  readonly isComposing?: boolean
  readonly repeat?: boolean
  readonly shiftKey?: boolean
  readonly ctrlKey?: boolean
  readonly altKey?: boolean
  readonly metaKey?: boolean
  readonly field?: FakeField
  /** By `performance.now()`. */
  readonly timeStamp?: number
}

/** A `KeyboardEvent` as far as anybody reads it. */
export class FakeKeyEvent extends Event {
  readonly key: string
  readonly code: string
  readonly keyCode: number
  readonly which: number
  readonly isComposing: boolean
  readonly repeat: boolean
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  readonly field: FakeField | undefined
  readonly #timeStamp: number | undefined
  isStopped = false

  constructor(type: string, init: FakeKeyInit) {
    super(type, { bubbles: true, cancelable: true })
    const { key, code = placeOf(key), keyCode = key.length === 1 ? key.toUpperCase().charCodeAt(0) : 0 } = init
    this.key = key
    this.code = code
    this.keyCode = key === 'Enter' ? 13 : key === 'Tab' ? 9 : keyCode
    this.which = this.keyCode
    this.isComposing = init.isComposing ?? false
    this.repeat = init.repeat ?? false
    this.shiftKey = init.shiftKey ?? shiftOf(key)
    this.ctrlKey = init.ctrlKey ?? false
    this.altKey = init.altKey ?? false
    this.metaKey = init.metaKey ?? false
    this.field = init.field
    this.#timeStamp = init.timeStamp
  }

  override get timeStamp(): number {
    return this.#timeStamp ?? super.timeStamp
  }

  override get target(): EventTarget | null {
    return this.field ?? super.target
  }

  override composedPath(): [EventTarget?] {
    return this.field === undefined ? [] : [this.field]
  }

  override stopImmediatePropagation(): void {
    this.isStopped = true
    super.stopImmediatePropagation()
  }
}

/** An input as far as scanners touch it, or the body of a page, which has no value. */
export class FakeField extends EventTarget implements Field {
  value?: string
  selectionStart?: number
  selectionEnd?: number
  readonly tagName: string
  readonly inputs: string[] = []
  readonly #deliver: (event: FakeKeyEvent) => void

  constructor(deliver: (event: FakeKeyEvent) => void, value?: string) {
    super()
    this.#deliver = deliver
    this.tagName = value === undefined ? 'BODY' : 'INPUT'
    if (value !== undefined) {
      this.value = value
      this.setSelectionRange(value.length, value.length)
    }
    this.addEventListener('input', () => this.inputs.push(this.value ?? ''))
  }

  override dispatchEvent(event: Event): boolean {
    if (!(event instanceof FakeKeyEvent)) return super.dispatchEvent(event)
    const sent = event.field === this ? event : new FakeKeyEvent(event.type, { ...event, field: this })
    this.#deliver(sent)
    return !sent.defaultPrevented
  }

  select(): void {
    this.selectionStart = 0
    this.selectionEnd = this.value?.length ?? 0
  }

  setSelectionRange(start: number, end: number): void {
    this.selectionStart = start
    this.selectionEnd = end
  }

  /** Only what takes text has it. */
  get setRangeText(): Field['setRangeText'] {
    const { value } = this
    if (value === undefined) return undefined
    return (text, start, end) => {
      this.value = value.slice(0, start) + text + value.slice(end)
      this.selectionStart = start + text.length
      this.selectionEnd = this.selectionStart
    }
  }
}

/** A page with a window that captures, a document that listens, and something that has the focus. */
export class FakePage {
  readonly window: EventTarget
  readonly document = new EventTarget()
  readonly body: FakeField
  focused: FakeField
  /** Keys the document's own listeners got, releases excluded. */
  readonly seen: string[] = []

  constructor(window = new EventTarget()) {
    this.window = window
    this.body = this.field()
    this.focused = this.body
    this.document.addEventListener('keydown', (event) => event instanceof FakeKeyEvent && this.seen.push(event.key))
  }

  /** A new input with that value; without one, an element that takes no text. */
  field(value?: string): FakeField {
    return new FakeField((event) => this.#deliver(event), value)
  }

  /** A key goes down; what nobody prevents is typed. Returns the event. */
  down(init: FakeKeyInit): FakeKeyEvent {
    const event = new FakeKeyEvent('keydown', { ...init, field: this.focused })
    this.#deliver(event)
    if (!event.defaultPrevented && event.key.length === 1 && !event.ctrlKey) this.type(event.key)
    return event
  }

  up(init: FakeKeyInit): void {
    this.#deliver(new FakeKeyEvent('keyup', { ...init, field: this.focused }))
  }

  /** Puts text into what has the focus, as a browser or an input method does. */
  type(text: string): void {
    const { focused } = this
    if (focused.value === undefined) return
    focused.setRangeText?.(text, focused.selectionStart ?? 0, focused.selectionEnd ?? 0, 'end')
  }

  #deliver(event: FakeKeyEvent): void {
    this.window.dispatchEvent(event)
    if (!event.isStopped) this.document.dispatchEvent(event)
  }
}
