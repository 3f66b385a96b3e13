/** What the cashier has typed so far, such as `12.`; empty: nothing. */
export type Typed = string

export type AmountKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | '.' | 'back' | 'clear'

/** Alipay's own limits, in digits before and after the point. */
const SHAPE = /^(?:0|[1-9]\d{0,7})(?:\.\d{0,2})?$/

const extended = (typed: Typed, key: string): Typed => {
  if (key === '.') return typed === '' ? '0.' : `${typed}.`
  if (typed === '0') return key === '00' ? '0' : key
  return typed === '' && key === '00' ? '0' : typed + key
}

/** The text after one more key; a key that makes no amount changes nothing. */
export const press = (typed: Typed, key: AmountKey): Typed => {
  if (key === 'clear') return ''
  if (key === 'back') return typed.slice(0, -1)
  const next = extended(typed, key)
  return SHAPE.test(next) ? next : typed
}

/** Yuan with two decimals, as the back end takes it; undefined when it is nothing yet. */
export const amountOf = (typed: Typed): string | undefined => {
  if (!SHAPE.test(typed)) return undefined
  const [yuan = '0', fen = ''] = typed.split('.')
  const amount = `${yuan}.${fen.padEnd(2, '0')}`
  return /[1-9]/.test(amount) ? amount : undefined
}

/** With thousands parted, for reading: `1,288.00`. */
export const readable = (amount: string): string =>
  amount.replace(/^\d+/, (yuan) => yuan.replace(/\B(?=(\d{3})+$)/g, ','))

/** Which key of the pad a key of the keyboard stands for. */
export const keyOf = (key: string): AmountKey | undefined => {
  if (/^\d$/.test(key)) return key as AmountKey
  if (key === '.' || key === ',' || key === '。') return '.'
  if (key === 'Backspace') return 'back'
  return key === 'Escape' || key === 'Delete' ? 'clear' : undefined
}
