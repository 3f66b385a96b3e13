import type { TillKey } from '@f2f/terminal-auth/till'
import { openDB } from 'idb'

/** Who this till is, as the back end said when it enrolled. */
export interface Terminal {
  readonly terminalId: string
  readonly storeId?: string
  readonly operatorId?: string
  readonly scopes: readonly string[]
  /** Yuan. */
  readonly refundLimit?: string
}

/** What stays on this machine. The key's private half cannot be read out of it; tokens are not kept. */
export interface Enrolled {
  readonly terminal: Terminal
  readonly key: TillKey
  /** Who signs this till's tokens. */
  readonly issuer: string
}

export interface Vault {
  read(): Promise<Enrolled | undefined>
  write(enrolled: Enrolled): Promise<void>
  clear(): Promise<void>
}

const PLACE = ['till', 'enrolled'] as const

/** Keeps the till's key in IndexedDB. */
export const indexedDbVault = (): Vault => {
  const database = openDB('f2f-till', 1, {
    upgrade(opened) {
      opened.createObjectStore(PLACE[0])
    },
  })
  return {
    read: async () => (await (await database).get(...PLACE)) as Enrolled | undefined,
    write: async (enrolled) => void (await (await database).put(PLACE[0], enrolled, PLACE[1])),
    clear: async () => (await database).delete(...PLACE),
  }
}
