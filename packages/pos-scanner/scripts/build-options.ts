import { fileURLToPath } from 'node:url'

/** The one file of core that is used; it becomes part of this package, which depends on nothing. */
export const CORE_ALIAS = { '@f2f/core': fileURLToPath(new URL('../../core/src/auth-code.ts', import.meta.url)) }

/** How what is published is made small. */
export const MINIFY = { module: true, compress: { passes: 3 } }
