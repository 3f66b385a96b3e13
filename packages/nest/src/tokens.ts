import { type Alipay as AlipayClient, type Cashier as CoreCashier, F2fError } from '@f2f/core'
import { Inject, type Type } from '@nestjs/common'

/** What the options are injected by. */
export const F2F_MODULE_OPTIONS = 'F2F_MODULE_OPTIONS'

/** A class that only stands for something: Nest finds it by the class, nobody constructs it. */
const tokenClass = <T extends object>(name: string): Type<T> => {
  class Token {
    constructor() {
      throw new F2fError('CONFIG_INVALID', `${name} is injected, not constructed.`, { details: { field: name } })
    }
  }
  return Object.defineProperty(Token, 'name', { value: name }) as Type<T>
}

/** The cashier of `@f2f/core`. */
export type Cashier = CoreCashier
/** What Nest injects the cashier by: `constructor(cashier: Cashier)`, `app.get(Cashier)`. */
export const Cashier: Type<Cashier> = tokenClass('Cashier')

/** The client of `@f2f/core`. */
export type Alipay = AlipayClient
/** What Nest injects the cashier's own client by: `constructor(alipay: Alipay)`, `app.get(Alipay)`. */
export const Alipay: Type<Alipay> = tokenClass('Alipay')

/**
 * What a client is injected by, for `overrideProvider` and `app.get`.
 *
 * @param name - a key of the option `clients`; left out: the cashier's own client
 */
export const getAlipayToken = (name?: string): Type<Alipay> | string =>
  name === undefined ? Alipay : `F2F_ALIPAY(${name})`

/** Injects the {@link Cashier}. Needs no emitted decorator metadata. */
export const InjectCashier = (): PropertyDecorator & ParameterDecorator => Inject(Cashier)

/**
 * Injects an {@link Alipay} client. Needs no emitted decorator metadata.
 *
 * @param name - a key of the option `clients`; left out: the cashier's own client
 */
export const InjectAlipay = (name?: string): PropertyDecorator & ParameterDecorator => Inject(getAlipayToken(name))
