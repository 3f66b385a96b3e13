import type crypto from 'node:crypto'
import type diagnostics from 'node:diagnostics_channel'

let loaded: typeof crypto | undefined

/** node:crypto, loaded when first needed: an import would be a quarter of the time it takes to load this package. */
export const nodeCrypto = (): typeof crypto => {
  loaded ??= process.getBuiltinModule('node:crypto')
  return loaded
}

/** node:diagnostics_channel, loaded when first needed. */
export const nodeDiagnostics = (): typeof diagnostics => process.getBuiltinModule('node:diagnostics_channel')
