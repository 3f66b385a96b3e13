import { warn } from '../warn.ts'
import { publishProblem } from './publish.ts'

/** Told of what went wrong in the background. */
export type OnProblem = (error: unknown, outTradeNo?: string) => void

/** Whoever is told of problems may fail too; that must stop neither the payment nor the process. */
export const withoutTrouble =
  (tell: OnProblem): OnProblem =>
  (error, outTradeNo) => {
    const inVain = (): void => warn(error, outTradeNo)
    publishProblem(error, outTradeNo)
    try {
      Promise.resolve(tell(error, outTradeNo) as unknown).catch(inVain)
    } catch {
      inVain()
    }
  }
