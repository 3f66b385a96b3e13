import { F2fError, isF2fError } from '../errors.ts'
import { type Answer, answer, type Call } from './call.ts'
import { unexpectedAnswer } from './problem.ts'

export interface TakingNotifications {
  /** Bytes. */
  readonly maxBodyBytes: number
  /**
   * Resolves when what the notification says is durable, or with why it is refused. Rejects when this side failed.
   */
  readonly take: (rawBody: Uint8Array, contentType: string | undefined) => Promise<F2fError | undefined>
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

/** What the promise resolves with, or the `F2fError` it rejects with. */
export const orF2fError = async <T>(promise: Promise<T>): Promise<T | F2fError> => {
  try {
    return await promise
  } catch (error) {
    if (isF2fError(error)) return error
    throw error
  }
}

/** Answers one notification: `success` only after it has been taken. Never rejects. */
export const answerNotification = async (call: Call, options: TakingNotifications): Promise<Answer> => {
  const { maxBodyBytes, take, onProblem } = options
  const reporting = (error: unknown) => (): void => onProblem(error, 'notify')
  try {
    const rawBody = await orF2fError(call.body(maxBodyBytes))
    if (isConsumed(rawBody)) {
      const parsed = bodyParsed(rawBody)
      return unexpectedAnswer(parsed, reporting(parsed))
    }
    const error = isF2fError(rawBody) ? rawBody : await take(rawBody, call.header('content-type'))
    if (error === undefined) return SUCCESS
    onProblem(error, 'notify')
    return FAIL
  } catch (error) {
    return { ...FAIL, unexpected: { error, report: reporting(error) } }
  }
}
