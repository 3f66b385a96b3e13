import type { PaymentView } from '@f2f/core/http'
import type { Tracked } from './tracked.ts'

/** How a payment is shown: its colour says the same as its words. */
export type Tone = 'busy' | 'ask' | 'doubt' | 'good' | 'bad' | 'calm'

/** What the page has words for. */
export type Chapter =
  | 'sending'
  | 'looking'
  | 'unheard'
  | 'refused'
  | 'paying'
  | 'askBuyer'
  | 'offered'
  | 'doubt'
  | 'attention'
  | 'cancelling'
  | 'paid'
  | 'failed'
  | 'closed'
  | 'reversed'

export interface Story {
  readonly chapter: Chapter
  readonly tone: Tone
  /** Of three: sent, waiting for the customer, settled. */
  readonly step: 0 | 1 | 2
  readonly canCancel: boolean
  /** The same number may be charged again, and nothing was taken. */
  readonly canRetry: boolean
  /** The next customer may be served. */
  readonly isOver: boolean
}

const TONES: Readonly<Record<Chapter, Tone>> = {
  sending: 'busy',
  looking: 'doubt',
  unheard: 'calm',
  refused: 'bad',
  paying: 'busy',
  askBuyer: 'ask',
  offered: 'ask',
  doubt: 'doubt',
  attention: 'doubt',
  cancelling: 'doubt',
  paid: 'good',
  failed: 'bad',
  closed: 'calm',
  reversed: 'calm',
}

const confirming = ({ problem, kind, needsAttention }: PaymentView): Chapter => {
  // A QR stays on show: whatever is not known of it, it can be paid only once.
  if (kind === 'qr') return 'offered'
  if (needsAttention) return 'attention'
  return problem === undefined ? 'askBuyer' : 'doubt'
}

const chapterOf = ({ stage, payment, offline }: Tracked): Chapter => {
  if (stage === 'unheard' || stage === 'refused') return stage
  if (payment?.settled !== true && offline === true) return 'looking'
  if (payment === undefined) return 'sending'
  const { status, needsAttention } = payment
  switch (status) {
    case 'created':
    case 'paying':
      return payment.problem === undefined ? 'paying' : 'doubt'
    case 'confirming':
      return confirming(payment)
    case 'cancelling':
      return needsAttention ? 'attention' : 'cancelling'
    default:
      return status
  }
}

const STEPS: Readonly<Partial<Record<Chapter, Story['step']>>> = { sending: 0, looking: 0, unheard: 0, paying: 0 }
const OVER: readonly Chapter[] = ['refused', 'paid', 'failed', 'closed', 'reversed']
const CANCELLABLE: readonly Chapter[] = ['askBuyer', 'offered', 'doubt']

/** What to tell the cashier of a payment. */
export const storyOf = (tracked: Tracked): Story => {
  const chapter = chapterOf(tracked)
  const isOver = OVER.includes(chapter)
  return {
    chapter,
    tone: TONES[chapter],
    step: isOver ? 2 : (STEPS[chapter] ?? 1),
    canCancel: CANCELLABLE.includes(chapter) && tracked.cancelling !== true,
    canRetry: chapter === 'unheard',
    isOver,
  }
}

/**
 * Seconds until the customer's time ends, never below 0 and never more than the customer was given, whatever this page
 * makes of the time; undefined when nothing is being waited for.
 */
export const secondsLeft = ({ payment }: Tracked, now: number): number | undefined => {
  if (payment === undefined || payment.settled || payment.status === 'cancelling') return undefined
  const deadline = Date.parse(payment.deadlineAt)
  return Math.max(0, Math.ceil((deadline - Math.max(now, Date.parse(payment.createdAt))) / 1_000))
}
