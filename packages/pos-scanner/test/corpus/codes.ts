import type { Random } from './random.ts'

/** Payment codes as the three wallets show them, now and then longer ones of Alipay. */
export const paymentCode = (random: Random): string =>
  random.pick([
    () => `${random.int(25, 30)}${random.digits(16)}`,
    () => `${random.int(25, 30)}${random.digits(16)}`,
    () => `${random.int(25, 30)}${random.digits(random.int(14, 22))}`,
    () => `${random.int(10, 15)}${random.digits(16)}`,
    () => `62${random.digits(17)}`,
  ])()

/** What else is held before a scanner. */
export const otherCode = (random: Random): string =>
  random.pick([
    () => `https://qr.alipay.com/${random.digits(4)}fkx${random.digits(9)}`,
    () => `wxp://f2f0${random.digits(12)}AbCdEfGh_-${random.digits(4)}`,
    () => `690${random.digits(10)}`,
    () => `MEMBER-${random.digits(10)}`,
  ])()

const WORDS = 'the till shows what was sold today and who paid for two coffees with milk please call back later'.split(
  ' ',
)

const words = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.pick(WORDS)).join(' ')

/** What people type at a till. */
export const typedText = (random: Random): string =>
  random.pick([
    () => `${random.int(0, 999)}.${random.digits(2)}`,
    () => String(random.int(1, 99_999)),
    () => `13${random.digits(9)}`,
    () => `order ${random.digits(8)}`,
    () => words(random, random.int(2, 12)),
    () => `${random.pick(WORDS)}${random.digits(3)}@example.com`,
  ])()

/** A note without digits, typed while somebody else scans. */
export const note = (random: Random): string => words(random, random.int(3, 8))
