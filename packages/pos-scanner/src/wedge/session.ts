import { machineClock } from '../clock.ts'
import { type DecoderState, decode, idleTime, type Stroke } from '../decoder/decoder.ts'
import { holdTime } from '../decoder/hold.ts'
import type { DecoderSettings } from '../decoder/key.ts'
import { COMPOSITION_END, LONGEST_PAUSE, LONGEST_STALL } from '../decoder/timing.ts'
import { type EventSender, listen } from '../listen.ts'
import { isWallet, readCode } from '../read-code.ts'
import type { Sink } from '../scan.ts'
import { announce, type Field, isForHands, remember, takesText } from './field.ts'
import { isKeyEvent, keyName, readStroke } from './key-event.ts'
import { mute, type Press, settle } from './press.ts'

interface InsertEvent extends Event {
  readonly data?: string | null
  readonly clipboardData?: { getData(type: string): string } | null
}

/**
 * Joins the decoder to a page: keeps keys back, gives them back, takes them back.
 *
 * @param paste - whether a payment code that is put in as a whole is a scan
 * @returns stops the wedge; what is waiting is given back
 */
export const startWedge = (
  { clock, scan }: Sink,
  settings: DecoderSettings,
  target: EventSender,
  paste: boolean,
): (() => void) => {
  let state: DecoderState<Press> = { keys: [], endedAt: -Infinity }
  let holdUntil = 0
  let isReplaying = false
  let composedIn: Field | undefined
  let stopTimer: (() => void) | undefined
  /** Keys whose release the page is not to see either. */
  const muted = new Set<string>()

  /** A clock of the caller's knows nothing of time stamps. */
  const isMachine = clock === machineClock
  /** Finer than `Date`, whose milliseconds are too coarse to tell which of two quick keys came first. */
  const timeNow = (): number => (isMachine ? performance.now() : clock.now())
  /** When the system got the key, so that tempo survives a page that stalls. Stamps of jsdom count from elsewhere. */
  const timeOf = ({ timeStamp }: Event): number => {
    const now = timeNow()
    return isMachine && Math.abs(now - timeStamp) < LONGEST_STALL ? timeStamp : now
  }

  const release = (keys = state.keys, made: typeof keys = []): void => {
    isReplaying = true
    settle(keys, made)
    isReplaying = false
  }

  /** Takes one stroke; returns whether it ended a scan. */
  const step = (stroke: Stroke<Press>, at: number): boolean => {
    const { keys } = state
    const [next, outcome] = decode(state, stroke, at, settings)
    state = next
    if (!outcome) return false
    const field = composedIn
    const finish = (): void => {
      release(keys, outcome.keys)
      // Browsers do not tell of a composition that ends because its text was taken away.
      if (field) announce(field, 'compositionend')
      if (outcome.read) scan(outcome.read, outcome.typed ? 'typed' : 'keyboard')
    }
    if (field) clock.setTimeout(finish, COMPOSITION_END)
    else finish()
    return true
  }

  const tick = (): void => {
    const now = timeNow()
    step({ name: '' }, now)
    if (now >= holdUntil) release()
    arm()
  }

  /** Sets the timer to when silence will mean something. */
  const arm = (): void => {
    stopTimer?.()
    const now = timeNow()
    const last = state.keys.at(-1)?.at ?? -Infinity
    const looks = [last + idleTime(state.keys), last + LONGEST_PAUSE, holdUntil].filter((time) => time > now)
    if (looks.length) stopTimer = clock.setTimeout(tick, Math.min(...looks) - now)
  }

  const keydown = (event: Event): void => {
    if (isReplaying || !isKeyEvent(event)) return
    const field = event.composedPath()[0] as Field
    const press: Press = { event, field }
    const stroke = readStroke(event, press)
    if (!stroke) return
    const before = state.keys
    composedIn = event.isComposing ? field : undefined
    const at = timeOf(event)
    const isEnd = step(stroke, at)
    const hold = holdTime(state.keys, settings, takesText(field))
    // Where nothing can be given back, only what a machine must have sent is kept.
    if (isEnd || (stroke.readings?.[0] && hold >= (isForHands(field) ? LONGEST_PAUSE : 1))) {
      // After a long pause the decoder has forgotten the keys before.
      if (state.keys.length === 1) release(before)
      holdUntil = at + hold
      muted.add(keyName(event))
      mute(event)
    } else {
      if (hold < LONGEST_PAUSE) release(before)
      press.undo = remember(field)
    }
    arm()
  }

  const keyup = (event: Event): void => {
    if (isReplaying || !isKeyEvent(event)) return
    const name = keyName(event)
    step({ name, isUp: true }, timeOf(event))
    if (muted.delete(name)) mute(event)
  }

  const inserted = (event: InsertEvent): void => {
    const text = event.data ?? event.clipboardData?.getData('text') ?? ''
    const read = event.cancelable && readCode(text.trim(), { ...settings, prefix: '' })
    if (!read || !isWallet(read)) return
    mute(event)
    release()
    state = { keys: [], endedAt: timeNow() }
    scan(read, 'paste')
  }

  const stop = listen(target, { keydown, keyup, ...(paste && { paste: inserted, beforeinput: inserted }) })
  return () => {
    stop()
    stopTimer?.()
    release()
  }
}
