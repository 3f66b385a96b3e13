import { gzipSync } from 'node:zlib'
import { build, type Platform } from 'esbuild'
import type { Bench } from '../bench.ts'
import type { Role } from '../report.ts'

const KB = 1e3

interface Subject {
  readonly name: string
  readonly role: Role
  readonly platform: Platform
  /** A module that keeps what a caller would use, and nothing else. */
  readonly uses: string
}

const CORE: Subject = {
  name: '@f2f/core, createAlipay and createCashier',
  role: 'ours',
  platform: 'node',
  uses: `export { createAlipay, createCashier } from '@f2f/core'`,
}
const OFFICIAL: Subject = {
  name: 'alipay-sdk, AlipaySdk',
  role: 'peer',
  platform: 'node',
  uses: `export { AlipaySdk } from 'alipay-sdk'`,
}
const SUBJECTS: readonly Subject[] = [
  CORE,
  OFFICIAL,
  {
    name: '@f2f/pos-scanner, openScanner and keyboardWedge',
    role: 'ours',
    platform: 'browser',
    uses: `export { keyboardWedge, openScanner } from '@f2f/pos-scanner'`,
  },
  { name: 'onscan.js', role: 'peer', platform: 'browser', uses: `export { default } from 'onscan.js'` },
  {
    name: '@point-of-sale/keyboard-barcode-scanner',
    role: 'peer',
    platform: 'browser',
    uses: `export { default } from '@point-of-sale/keyboard-barcode-scanner'`,
  },
]

interface Size {
  readonly minified: number
  readonly gzipped: number
}

const bundled = async ({ uses, platform }: Subject): Promise<Size> => {
  const { outputFiles } = await build({
    stdin: { contents: uses, resolveDir: import.meta.dirname },
    platform,
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
    // This workspace's own maps package names to sources; a user's bundler sees what is published.
    tsconfigRaw: {},
  })
  const code = outputFiles[0]?.contents ?? new Uint8Array()
  return { minified: code.length, gzipped: gzipSync(code, { level: 9 }).length }
}

export const bundle: Bench = {
  id: 'bundle',
  run: async () => {
    const sizes = new Map<Subject, Size>()
    for (const subject of SUBJECTS) sizes.set(subject, await bundled(subject))
    const gzipped = (subject: Subject): number => sizes.get(subject)?.gzipped ?? Number.NaN
    return {
      name: 'Size of a bundle',
      how: 'Bundled and minified by esbuild as an ES module, gzipped at level 9; what Node itself brings is left out. createCashier is the whole payment, which alipay-sdk has not; pos-scanner knows payment codes, input methods and where typing belongs.',
      rows: [...sizes].flatMap(([{ name, role }, { minified, gzipped: small }]) => [
        { name: `${name}: minified`, unit: 'kB', role, samples: [minified / KB] },
        { name: `${name}: gzipped`, unit: 'kB', role, samples: [small / KB] },
      ]),
      verdict: { name: '@f2f/core / alipay-sdk, gzipped', samples: [gzipped(CORE) / gzipped(OFFICIAL)] },
    }
  },
}
