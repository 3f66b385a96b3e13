import { classifyAuthCode } from '@f2f/core'
import type { CodeRead, CodeSettings } from './scan.ts'

/** An AIM identifier in front of a code: `]`, the kind of bar code, a modifier. Source: protocol §11.3. */
export const AIM = /^\][A-Za-z]\w/

/** Whether a payment can be taken with it. */
export const isWallet = ({ kind }: CodeRead): boolean => kind !== 'qr-text' && kind !== 'unknown'

/** Takes one transmission apart: AIM identifier and prefix in either order, the code. */
export const readCode = (text: string, settings: CodeSettings): CodeRead | undefined => {
  const { prefix } = settings
  let aim = ''
  const withoutAim = (rest: string): string => {
    aim ||= (settings.aim && AIM.exec(rest)?.[0]) || ''
    return rest.startsWith(aim) ? rest.slice(aim.length) : rest
  }
  const sent = withoutAim(text)
  const code = withoutAim(sent.slice(prefix.length))
  if (!sent.startsWith(prefix) || code.length < settings.minLength) return undefined
  return { code, kind: classifyAuthCode(code), ...(aim && { aim }) }
}
