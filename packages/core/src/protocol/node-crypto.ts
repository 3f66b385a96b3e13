import type crypto from 'node:crypto'

let loaded: typeof crypto | undefined

/** node:crypto, loaded when first needed: an import would be a quarter of the time it takes to load this package. */
export const nodeCrypto = (): typeof crypto => {
  loaded ??= process.getBuiltinModule('node:crypto')
  return loaded
}
