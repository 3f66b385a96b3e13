import { fileURLToPath } from 'node:url'

/** The one file of core that is used; it becomes part of this package, which depends on nothing. */
export const CORE_ALIAS = { '@f2f/core': fileURLToPath(new URL('../../core/src/auth-code.ts', import.meta.url)) }

/** Names of properties that nobody outside sees. */
const OWN_NAMES = /^(readings|endedAt|isUp|undo|typed|press|field|read)$/

/** How what is published is made small. */
export const MINIFY = { module: true, compress: { passes: 3, inline: 1 }, mangle: { properties: { regex: OWN_NAMES } } }
