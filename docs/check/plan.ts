/** What the process that runs a page is told, and what it tells back. */
import type { CodeBlock } from './blocks.ts'

export interface Step {
  readonly block: CodeBlock
  readonly does: 'module' | 'shell' | 'data'
}

export interface PagePlan {
  readonly file: string
  readonly folder: string
  readonly steps: readonly Step[]
  readonly keys: Keys
  /** Addresses to be used instead of those of the same scheme that are written in a block. */
  readonly services: Readonly<Record<string, string>>
}

/** PEM, made once for all pages. */
export interface Keys {
  readonly appPrivateKey: string
  readonly alipayPrivateKey: string
}

/** Problems of a page; none when every step did what it says. */
export type PageReport = readonly string[]
