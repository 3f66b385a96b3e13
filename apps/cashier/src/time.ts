/** Shops keep Beijing time, whatever the machine is set to. */
const BEIJING = 'Asia/Shanghai'

const day = new Intl.DateTimeFormat('sv-SE', { timeZone: BEIJING, dateStyle: 'short' })
const time = new Intl.DateTimeFormat('sv-SE', { timeZone: BEIJING, timeStyle: 'medium' })

/** `2026-01-02` */
export const dayOf = (at: number | string): string => day.format(new Date(at))

/** `15:04:05` */
export const timeOf = (at: number | string): string => time.format(new Date(at))
