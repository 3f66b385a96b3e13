import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** The one file of core that the page uses: words for Alipay's sub-codes. The rest is for servers. */
const SUB_CODES = fileURLToPath(new URL('../../packages/core/src/api/sub-codes.ts', import.meta.url))

export default defineConfig({
  plugins: [vue()],
  // Beside the API, whatever path both are mounted on.
  base: './',
  resolve: { alias: [{ find: /^@f2f\/core$/, replacement: SUB_CODES }] },
  build: { outDir: 'dist/page', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022' },
})
