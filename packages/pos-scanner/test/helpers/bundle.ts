import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { minify } from 'terser'
import { CORE_ALIAS, MINIFY } from '../../scripts/build-options.ts'

const bundle = async (entry: string, format: 'esm' | 'iife'): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../../src/${entry}`, import.meta.url))],
    bundle: true,
    write: false,
    platform: 'neutral',
    target: 'es2022',
    format,
    globalName: 'posScanner',
    alias: CORE_ALIAS,
  })
  return outputFiles[0]?.text ?? ''
}

/** An entry as small as it is published. */
export const publishedBundle = async (entry: string): Promise<string> => {
  const { code } = await minify(await bundle(entry, 'esm'), MINIFY)
  return code ?? ''
}

/** An entry as a script for a page, which defines `posScanner`. */
export const pageScript = (entry: string): Promise<string> => bundle(entry, 'iife')
