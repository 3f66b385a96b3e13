import { F2fError, isF2fError } from '../errors.ts'
import { type Answer, answer, type Call } from './call.ts'
import { unexpectedAnswer } from './problem.ts'

/** What came of a notification. */
interface Taken {
  /** Why it is refused. */
  readonly error: F2fError | undefined
}

export interface TakingNotifications {
  /** Bytes. */
  readonly maxBodyBytes: number
  /** Resolves when what the notification says is durable, or with why it is refused. Rejects when this side failed. */
  readonly take: (rawBody: Uint8Array, contentType: string | undefined) => Promise<Taken>
  readonly onProblem: (error: unknown, operation: string) => void
}

const reply = (text: 'success' | 'fail'): Answer => answer(200, { 'content-type': 'text/plain' }, text)

/** The only two answers Alipay is given. Anything but `success` makes it send the notification again. */
const SUCCESS = reply('success')
const FAIL = reply('fail')

const isConsumed = (error: unknown): boolean => isF2fError(error) && error.code === 'HTTP_BODY_CONSUMED'

const bodyParsed = (cause: unknown): F2fError =>
  new F2fError(
    'NOTIFY_BODY_PARSED',
    'A body parser has read the notification, so its signature can no longer be checked.',
    { cause },
  )

/** The answer to a body that could not be read. */
const unreadable = (error: unknown, { onProblem }: TakingNotifications): Answer => {
  const problem = isConsumed(error) ? bodyParsed(error) : error
  const report = (): void => onProblem(problem, 'notify')
  if (problem !== error) return unexpectedAnswer(problem, report)
  if (!isF2fError(error)) return { ...FAIL, unexpected: { error, report } }
  report()
  return FAIL
}

/** Answers one notification: `success` only after it has been taken. Never rejects. */
export const answerNotification = async (call: Call, options: TakingNotifications): Promise<Answer> => {
  const { maxBodyBytes, take, onProblem } = options
  let rawBody: Uint8Array
  try {
    rawBody = await call.body(maxBodyBytes)
  } catch (error) {
    return unreadable(error, options)
  }
  try {
    const { error } = await take(rawBody, call.header('content-type'))
    if (error === undefined) return SUCCESS
    onProblem(error, 'notify')
    return FAIL
  } catch (error) {
    return { ...FAIL, unexpected: { error, report: () => onProblem(error, 'notify') } }
  }
}
