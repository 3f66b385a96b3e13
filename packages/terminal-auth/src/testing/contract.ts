import type { ContractCase } from '@f2f/core/testing'

/** Something that can be opened empty, and closed leaving nothing behind. */
export interface UnderTest {
  readonly close?: () => Promise<void>
}

/** One rule: what it says and how it is checked. */
export interface Rule<T> {
  readonly name: string
  readonly check: (opened: T) => Promise<void>
}

/** Rules as data for any test runner, each on something newly opened. */
export const contract = <T extends UnderTest>(
  prefix: string,
  rules: readonly Rule<T>[],
  open: () => Promise<T>,
): readonly ContractCase[] =>
  rules.map(({ name, check }, index) => ({
    id: `${prefix}-${String(index + 1).padStart(2, '0')}`,
    name,
    run: async () => {
      const opened = await open()
      try {
        await check(opened)
      } finally {
        await opened.close?.()
      }
    },
  }))
