import assert from 'node:assert/strict'
import type { ContractCase } from '@f2f/core/testing'
import type { ReplayGuard } from '../ports/replay-guard.ts'
import { contract, type Rule, type UnderTest } from './contract.ts'

/** An empty replay guard to be tested. */
export interface ReplayGuardUnderTest extends UnderTest {
  readonly guard: ReplayGuard
}

const LATER = new Date(Date.UTC(2100, 0))

const RULES: readonly Rule<ReplayGuardUnderTest>[] = [
  {
    name: 'the first claim of a key is `first`',
    async check({ guard }) {
      assert.equal(await guard.claim('key', 'value', LATER), 'first')
    },
  },
  {
    name: 'a claim with the same value is `same`, however often',
    async check({ guard }) {
      await guard.claim('key', 'value', LATER)
      assert.equal(await guard.claim('key', 'value', LATER), 'same')
      assert.equal(await guard.claim('key', 'value', LATER), 'same')
    },
  },
  {
    name: 'a claim with another value is `other` and takes nothing over',
    async check({ guard }) {
      await guard.claim('key', 'value', LATER)
      assert.equal(await guard.claim('key', 'another', LATER), 'other')
      assert.equal(await guard.claim('key', 'value', LATER), 'same')
    },
  },
  {
    name: 'keys are told apart exactly, and values too',
    async check({ guard }) {
      await guard.claim('key', 'value', LATER)
      assert.equal(await guard.claim('Key', 'value', LATER), 'first')
      assert.equal(await guard.claim('key ', 'value', LATER), 'first')
      assert.equal(await guard.claim('key', 'VALUE', LATER), 'other')
    },
  },
  {
    name: 'an empty value is a value',
    async check({ guard }) {
      assert.equal(await guard.claim('key', '', LATER), 'first')
      assert.equal(await guard.claim('key', '', LATER), 'same')
      assert.equal(await guard.claim('key', 'value', LATER), 'other')
    },
  },
  {
    name: 'of many claims at once one is `first`',
    async check({ guard }) {
      const claims = await Promise.all(Array.from({ length: 20 }, () => guard.claim('key', 'value', LATER)))
      assert.deepEqual(claims.toSorted(), ['first', ...Array.from({ length: 19 }, () => 'same')])
    },
  },
]

/**
 * What every {@link ReplayGuard} must do: `for (const { id, name, run } of replayGuardContract(open)) test(name, run)`.
 *
 * @param open - opens an empty one, once for each rule
 */
export const replayGuardContract = (open: () => Promise<ReplayGuardUnderTest>): readonly ContractCase[] =>
  contract('RG', RULES, open)
