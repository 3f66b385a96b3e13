// Runs a TypeScript module of the tests in a process of its own: node run.mjs <module> <JSON for its default export>.
// The workspace's packages are their sources, as in the tests.
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { packageTests } from '../../../../vitest.shared.ts'

const [module, argument] = process.argv.slice(2)
const server = await createServer({
  configFile: false,
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: packageTests.resolve,
  logLevel: 'error',
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
})
const { default: main } = await server.ssrLoadModule(module)
await main(JSON.parse(argument))
await server.close()
process.disconnect?.()
