import {
  generateTillKey,
  type RefundProofInput,
  signRefreshProof,
  signRefundProof,
  type TillKey,
} from '@f2f/terminal-auth/till'
import { type ShallowRef, shallowRef } from 'vue'
import type { Http, Tokens } from '../api/http.ts'
import { isProblem } from '../api/problem.ts'
import { issuerOf } from './issuer.ts'
import type { Enrolled, Terminal, Vault } from './vault.ts'

/** `ended`: the back end no longer knows this till's key. */
export type SessionState = 'opening' | 'none' | 'enrolled' | 'ended'

interface Granted extends Terminal {
  readonly token: string
  readonly expiresAt: string
}

interface Held {
  readonly token: string
  readonly expiresAt: number
}

/** A token that ends sooner is replaced before it is used, ms. */
const AHEAD = 60_000
/** By how much this page must have been wrong about the time for a refusal to mean nothing else, ms. */
const FAR_OFF = 60_000

export interface SessionOptions {
  readonly http: Http
  readonly vault: Vault
  /** The back end's time as far as this page knows it. */
  readonly now: () => number
}

/** Who this till is: enrolment, and tokens for as long as it is enrolled. */
export interface Session extends Tokens {
  readonly state: Readonly<ShallowRef<SessionState>>
  readonly terminal: Readonly<ShallowRef<Terminal | undefined>>
  open(): Promise<void>
  /** Rejects with `ApiProblem` or `Offline`. */
  enrol(code: string): Promise<void>
  /** Signs a refund with the till's key. */
  proveRefund(refund: RefundProofInput): Promise<string>
}

/** Ed25519 where the browser has it. */
const makeKey = (): Promise<TillKey> => generateTillKey().catch(() => generateTillKey('ES256'))

const terminalOf = ({ terminalId, storeId, operatorId, scopes, refundLimit }: Granted): Terminal => ({
  terminalId,
  scopes,
  ...(storeId !== undefined && { storeId }),
  ...(operatorId !== undefined && { operatorId }),
  ...(refundLimit !== undefined && { refundLimit }),
})

export const createSession = ({ http, vault, now }: SessionOptions): Session => {
  const state = shallowRef<SessionState>('opening')
  const terminal = shallowRef<Terminal>()
  let enrolled: Enrolled | undefined
  let held: Held | undefined
  let renewing: Promise<string> | undefined

  const ask = async (path: string, body: object): Promise<Granted> =>
    (await (await http.open({ method: 'POST', path, body })).json()) as Granted

  const take = (granted: Granted): string => {
    held = { token: granted.token, expiresAt: Date.parse(granted.expiresAt) }
    terminal.value = terminalOf(granted)
    return granted.token
  }

  const key = (): Enrolled => {
    if (enrolled === undefined) throw new TypeError('This till is not enrolled.')
    return enrolled
  }

  const wasMistimed = (error: unknown, at: number): boolean => isProblem(error, 401) && Math.abs(now() - at) > FAR_OFF

  const prove = async (): Promise<Granted> => {
    const { terminal: known, key: tillKey, issuer } = key()
    return ask('terminals/token', {
      proof: await signRefreshProof(tillKey, { terminalId: known.terminalId, issuer, now: now() }),
    })
  }

  const renew = async (): Promise<string> => {
    const at = now()
    try {
      // A proof is good for minutes. The refusal itself told the right time, so that a wrong clock is wrong only once.
      return take(await prove().catch((error) => (wasMistimed(error, at) ? prove() : Promise.reject(error))))
    } catch (error) {
      if (isProblem(error, 401) || isProblem(error, 403)) state.value = 'ended'
      throw error
    }
  }

  const renewed = (): Promise<string> => {
    renewing ??= renew().finally(() => {
      renewing = undefined
    })
    return renewing
  }

  return {
    state,
    terminal,
    async open() {
      enrolled = await vault.read()
      terminal.value = enrolled?.terminal
      state.value = enrolled === undefined ? 'none' : 'enrolled'
    },
    async enrol(code) {
      const tillKey = await makeKey()
      const granted = await ask('terminals', { code, publicKey: tillKey.publicKey })
      enrolled = { terminal: terminalOf(granted), key: tillKey, issuer: issuerOf(granted.token) }
      await vault.write(enrolled)
      take(granted)
      state.value = 'enrolled'
    },
    async current() {
      const left = (held?.expiresAt ?? 0) - now()
      if (held !== undefined && left > AHEAD) return held.token
      const { token } = held ?? {}
      // While the old one still holds, a back end that cannot renew it just now is no reason to stop.
      return token !== undefined && left > 0 ? renewed().catch(() => token) : renewed()
    },
    renewed,
    proveRefund: (refund) => signRefundProof(key().key, refund),
  }
}
