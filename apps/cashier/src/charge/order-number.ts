import type { Machine } from '../machine.ts'
import { dayOf, timeOf } from '../time.ts'

/** A number for a payment, readable as its Beijing time and unique by chance: `20260102150405` and 16 hexadecimal digits. */
export const orderNumber = ({ now, randomHex }: Machine): string =>
  `${dayOf(now())}${timeOf(now())}`.replaceAll(/\D/g, '') + randomHex(8)
