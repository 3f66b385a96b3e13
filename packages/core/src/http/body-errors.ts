import { F2fError } from '../errors.ts'

export const bodyTooLarge = (limit: number): F2fError =>
  new F2fError('HTTP_BODY_TOO_LARGE', `The body is longer than ${limit} bytes.`, { details: { limit } })

export const bodyConsumed = (): F2fError =>
  new F2fError('HTTP_BODY_CONSUMED', 'The body has already been read by something else, such as a body parser.')

export const bodyAborted = (cause?: unknown): F2fError =>
  new F2fError('REQUEST_ABORTED', 'The client went away before its request was complete.', { cause })
