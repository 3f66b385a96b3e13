import assert from 'node:assert/strict'
import type { ContractCase } from '@f2f/core/testing'
import type { RevocationList } from '../ports/revocation.ts'
import { contract, type Rule, type UnderTest } from './contract.ts'

/** An empty revocation list to be tested. */
export interface RevocationListUnderTest extends UnderTest {
  readonly list: RevocationList
}

const at = (second: number): Date => new Date(Date.UTC(2100, 0, 1, 0, 0, second))

const token = (tokenId: string, terminalId: string, second: number) => ({ tokenId, terminalId, issuedAt: at(second) })

const RULES: readonly Rule<RevocationListUnderTest>[] = [
  {
    name: 'nothing is revoked to begin with',
    async check({ list }) {
      assert.equal(await list.isRevoked(token('a', 'T1', 10)), false)
    },
  },
  {
    name: 'a revoked token is revoked, others of its terminal are not',
    async check({ list }) {
      await list.revokeToken('a', at(30))
      assert.equal(await list.isRevoked(token('a', 'T1', 10)), true)
      assert.equal(await list.isRevoked(token('b', 'T1', 10)), false)
    },
  },
  {
    name: 'a revoked terminal loses what was issued before that time, not what was issued then or later',
    async check({ list }) {
      await list.revokeTerminal('T1', at(20))
      assert.equal(await list.isRevoked(token('a', 'T1', 19)), true)
      assert.equal(await list.isRevoked(token('a', 'T1', 20)), false)
      assert.equal(await list.isRevoked(token('a', 'T1', 21)), false)
    },
  },
  {
    name: 'a revoked terminal does not touch another one',
    async check({ list }) {
      await list.revokeTerminal('T1', at(20))
      assert.equal(await list.isRevoked(token('a', 'T2', 10)), false)
      assert.equal(await list.isRevoked(token('T1', 'T2', 10)), false)
    },
  },
  {
    name: 'a terminal revoked again up to a later time loses more, up to an earlier time gets nothing back',
    async check({ list }) {
      await list.revokeTerminal('T1', at(20))
      await list.revokeTerminal('T1', at(10))
      assert.equal(await list.isRevoked(token('a', 'T1', 15)), true)
      await list.revokeTerminal('T1', at(30))
      assert.equal(await list.isRevoked(token('a', 'T1', 25)), true)
    },
  },
  {
    name: 'revoking the same again changes nothing',
    async check({ list }) {
      await list.revokeToken('a', at(30))
      await list.revokeToken('a', at(30))
      await list.revokeTerminal('T1', at(20))
      await list.revokeTerminal('T1', at(20))
      assert.equal(await list.isRevoked(token('a', 'T2', 10)), true)
      assert.equal(await list.isRevoked(token('b', 'T1', 20)), false)
    },
  },
]

/**
 * What every {@link RevocationList} must do.
 *
 * @param open - opens an empty one, once for each rule
 */
export const revocationListContract = (open: () => Promise<RevocationListUnderTest>): readonly ContractCase[] =>
  contract('RL', RULES, open)
