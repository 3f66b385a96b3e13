import { isF2fError } from './errors.ts'

/** Tells whoever runs this process. Says no more than the message, and which payment it is about. */
export const warn = (error: unknown, outTradeNo?: string): void => {
  const about = outTradeNo === undefined ? '' : ` (payment ${outTradeNo})`
  process.emitWarning(`${error instanceof Error ? error.message : String(error)}${about}`, {
    type: 'F2fWarning',
    code: isF2fError(error) ? error.code : 'F2F_PROBLEM',
  })
}
