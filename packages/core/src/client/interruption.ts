import { F2fError } from '../errors.ts'

/** The reason the client gives when a call's total time is over; `AbortSignal.timeout` gives the same name. */
export const timeIsUp = (): DOMException => new DOMException('The time for this call is over.', 'TimeoutError')

const isTimeout = (signal: AbortSignal): boolean =>
  signal.reason instanceof Error && signal.reason.name === 'TimeoutError'

/**
 * What an aborted signal means for the request it belongs to.
 *
 * @param mayHaveLeft - false only when it is certain that no byte was written
 */
export const interruption = (signal: AbortSignal, mayHaveLeft: boolean): F2fError => {
  if (isTimeout(signal)) {
    return mayHaveLeft
      ? new F2fError('UNKNOWN_TIMEOUT', 'No complete reply came in time.')
      : new F2fError('NOT_SENT', 'The connection to the gateway was not open in time.')
  }
  return mayHaveLeft
    ? new F2fError('UNKNOWN_ABORTED', 'The caller gave up after the request may have left.')
    : new F2fError('REQUEST_ABORTED', 'The caller gave up before the request left.')
}
