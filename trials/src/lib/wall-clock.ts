/**
 * Loaded into a till before anything else: its wall clock is slow by `F2F_CLOCK_BEHIND` ms from the start, and by
 * `F2F_CLOCK_SET_BACK` ms more from the signal SIGUSR2 on, as when an operator or a time server sets it back.
 */
const RealDate = Date
let behind = Number(process.env.F2F_CLOCK_BEHIND ?? 0)

process.on('SIGUSR2', () => {
  behind += Number(process.env.F2F_CLOCK_SET_BACK ?? 0)
})

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: ConstructorParameters<typeof Date>) =>
    (args as unknown[]).length === 0 ? new target(target.now() - behind) : new target(...args),
  get: (target, name) => (name === 'now' ? () => target.now() - behind : Reflect.get(target, name)),
})
