import { fileURLToPath } from 'node:url'
import { mergeConfig } from 'vitest/config'
import { packageTests } from '../../vitest.shared.ts'

/** As it is built, with the page beside it. */
const SERVER = fileURLToPath(new URL('../cashier/dist/server/index.js', import.meta.url))

export default mergeConfig(packageTests, {
  resolve: { alias: [{ find: '@f2f/cashier-app/server', replacement: SERVER }] },
})
