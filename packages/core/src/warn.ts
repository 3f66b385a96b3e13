import { isF2fError } from './errors.ts'

/** Tells whoever runs this process. Says no more than the message, and which payment it is about. */
export const warn = (error: unknown, outTradeNo?: string): void => {
  const about = outTradeNo === undefined ? '' : ` (payment ${outTradeNo})`
  process.emitWarning(`${error instanceof Error ? error.message : String(error)}${about}`, {
    type: 'F2fWarning',
    code: isF2fError(error) ? error.code : 'F2F_PROBLEM',
  })
}

/** Told of what went wrong in the background. */
export type OnProblem = (error: unknown, outTradeNo?: string) => void

/** Whoever is told of problems may fail too; that must stop neither the payment nor the process. */
export const withoutTrouble =
  (tell: OnProblem): OnProblem =>
  (error, outTradeNo) => {
    const inVain = (): void => warn(error, outTradeNo)
    try {
      Promise.resolve(tell(error, outTradeNo) as unknown).catch(inVain)
    } catch {
      inVain()
    }
  }
