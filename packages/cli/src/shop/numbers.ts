import { beijingTimestamp } from '@f2f/core'
import type { Context } from '../context.ts'

/** A number nobody has used: Beijing time to the second, and 40 random bits. */
export const newNumber = (prefix: string, { clock, random }: Pick<Context, 'clock' | 'random'>): string =>
  `${prefix}${beijingTimestamp(clock.now()).replace(/\D/g, '')}${Buffer.from(random(5)).toString('hex').toUpperCase()}`
