import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readSource } from './source.ts'

export interface Bundle {
  /** The entry and every file of the package it loads. */
  readonly files: readonly string[]
  /** What it loads from outside the package, sorted. */
  readonly externals: readonly string[]
  readonly bytes: number
  readonly gzipBytes: number
}

/** What loading a built entry brings in. */
export const measureBundle = (entry: string): Bundle => {
  const files = new Map<string, string>()
  const externals = new Set<string>()
  const load = (file: string): void => {
    if (files.has(file)) return
    const text = readFileSync(file, 'utf8')
    files.set(file, text)
    for (const { specifier } of readSource(file, text).imports) {
      if (specifier.startsWith('.')) load(join(dirname(file), specifier))
      else externals.add(specifier)
    }
  }
  load(entry)
  const code = [...files.values()].join('\n')
  return {
    files: [...files.keys()],
    externals: [...externals].sort(),
    bytes: Buffer.byteLength(code),
    gzipBytes: gzipSync(code).length,
  }
}
