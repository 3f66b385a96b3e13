import { type InjectionKey, inject, type Ref, ref, shallowRef } from 'vue'
import { createHttp } from './api/http.ts'
import { createTillApi, type TillApi } from './api/till-api.ts'
import { storageJournal } from './charge/journal.ts'
import { createRegister, type Register } from './charge/register.ts'
import { createSound } from './device/sound.ts'
import type { Languages } from './i18n/language.ts'
import { browserMachine } from './machine.ts'
import { createSession, type Session } from './session/session.ts'
import { indexedDbVault } from './session/vault.ts'

/** Everything the components work with. */
export interface Till {
  readonly session: Session
  readonly api: TillApi
  readonly register: Register
  /** Whether the back end answered last time. */
  readonly online: Ref<boolean>
  readonly sounding: Ref<boolean>
  /** The back end's time, ms since 1970. */
  now(): number
  /** Asks the back end whether it is there. */
  knock(): Promise<void>
}

/** The `Date` header knows whole seconds; a smaller difference says nothing. */
const NOTICEABLE = 2_000

const MUTED = 'f2f.muted'

/** Puts the till together for this browser. */
export const createTill = ({ words }: Languages): Till => {
  const machine = browserMachine
  const online = shallowRef(true)
  const sounding = ref(localStorage.getItem(MUTED) === null)
  const sound = createSound()
  let ahead = 0
  const now = (): number => machine.now() + ahead
  const http = createHttp({
    fetch: (...call) => fetch(...call),
    base: new URL('./', location.href).href,
    onReach: (reached) => {
      online.value = reached
    },
    onServerTime: (at) => {
      const difference = at - machine.now()
      ahead = Math.abs(difference) > NOTICEABLE ? difference : 0
    },
  })
  const session = createSession({ http, vault: indexedDbVault(), now })
  const api = createTillApi({ http, tokens: session, wait: machine.wait, proveRefund: session.proveRefund })
  const register = createRegister({
    api,
    journal: storageJournal(localStorage),
    machine: { ...machine, now },
    subject: () => words.value.charge.subject,
    onSettled: ({ status }) => {
      if (sounding.value) sound.play(status === 'paid' ? 'good' : 'bad')
    },
  })
  return {
    session,
    api,
    register,
    online,
    sounding,
    now,
    async knock() {
      await http.open({ method: 'GET', path: 'health' }).catch(() => undefined)
    },
  }
}

export const keepMuted = (muted: boolean): void => {
  if (muted) localStorage.setItem(MUTED, 'true')
  else localStorage.removeItem(MUTED)
}

export const TILL: InjectionKey<Till> = Symbol('till')

export const useTill = (): Till => {
  const till = inject(TILL)
  if (till === undefined) throw new TypeError('No till was provided.')
  return till
}
