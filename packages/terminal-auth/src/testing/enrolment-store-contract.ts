import assert from 'node:assert/strict'
import type { ContractCase } from '@f2f/core/testing'
import type { EnrolledTerminal, EnrolmentStore, Invitation } from '../enrolment/store.ts'
import type { TerminalGrant } from '../token/grant.ts'
import { contract, type Rule, type UnderTest } from './contract.ts'

/** An empty enrolment store to be tested. */
export interface EnrolmentStoreUnderTest extends UnderTest {
  readonly store: EnrolmentStore
}

const at = (second: number): Date => new Date(Date.UTC(2100, 0, 1, 0, 0, second, 123))

const grantOf = (terminalId: string): TerminalGrant => ({
  terminalId,
  storeId: 'S1',
  operatorId: undefined,
  merchantId: 'M1',
  scopes: ['pay', 'refund'],
  refundLimit: '200.00',
})

const invitationOf = (id: string, terminalId = 'T1'): Invitation => ({
  id,
  codeHash: `hash of ${id}`,
  grant: grantOf(terminalId),
  createdAt: at(0),
  expiresAt: at(30),
  attempts: 0,
})

const terminalOf = (terminalId: string, x = 'x'): EnrolledTerminal => ({
  grant: grantOf(terminalId),
  publicKey: { kty: 'EC', crv: 'P-256', x, y: 'y' },
  enrolledAt: at(5),
})

const INVITATIONS: readonly Rule<EnrolmentStoreUnderTest>[] = [
  {
    name: 'an invitation comes back as it was given, with the attempt counted',
    async check({ store }) {
      assert.equal(await store.invite(invitationOf('AAAA')), true)
      assert.deepEqual(await store.attempt('AAAA'), { ...invitationOf('AAAA'), attempts: 1 })
      assert.deepEqual(await store.attempt('AAAA'), { ...invitationOf('AAAA'), attempts: 2 })
    },
  },
  {
    name: 'an attempt at an unknown id finds nothing',
    async check({ store }) {
      assert.equal(await store.attempt('AAAA'), undefined)
    },
  },
  {
    name: 'attempts at once are all counted',
    async check({ store }) {
      await store.invite(invitationOf('AAAA'))
      const found = await Promise.all(Array.from({ length: 10 }, () => store.attempt('AAAA')))
      const counts = found.map((invitation) => invitation?.attempts ?? 0).sort((a, b) => a - b)
      assert.deepEqual(counts, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    },
  },
  {
    name: 'an id in use is refused and its invitation stays as it was',
    async check({ store }) {
      await store.invite(invitationOf('AAAA'))
      await store.attempt('AAAA')
      assert.equal(await store.invite({ ...invitationOf('AAAA', 'T2'), createdAt: at(29) }), false)
      assert.deepEqual(await store.attempt('AAAA'), { ...invitationOf('AAAA'), attempts: 2 })
    },
  },
  {
    name: 'the id of an expired invitation can be used again',
    async check({ store }) {
      await store.invite(invitationOf('AAAA'))
      const next = { ...invitationOf('AAAA', 'T2'), createdAt: at(30), expiresAt: at(59) }
      assert.equal(await store.invite(next), true)
      assert.deepEqual(await store.attempt('AAAA'), { ...next, attempts: 1 })
    },
  },
]

const TERMINALS: readonly Rule<EnrolmentStoreUnderTest>[] = [
  {
    name: 'an unknown terminal is not found',
    async check({ store }) {
      assert.equal(await store.find('T1'), undefined)
    },
  },
  {
    name: 'redeeming takes the invitation away and keeps the terminal as it was given',
    async check({ store }) {
      await store.invite(invitationOf('AAAA'))
      assert.equal(await store.redeem('AAAA', terminalOf('T1')), true)
      assert.equal(await store.attempt('AAAA'), undefined)
      assert.deepEqual(await store.find('T1'), terminalOf('T1'))
    },
  },
  {
    name: 'redeeming what is not there changes nothing',
    async check({ store }) {
      assert.equal(await store.redeem('AAAA', terminalOf('T1')), false)
      assert.equal(await store.find('T1'), undefined)
    },
  },
  {
    name: 'of many who redeem at once one succeeds, and that one is kept',
    async check({ store }) {
      await store.invite(invitationOf('AAAA'))
      const keys = Array.from({ length: 10 }, (_, index) => `x${index}`)
      const done = await Promise.all(keys.map((x) => store.redeem('AAAA', terminalOf('T1', x))))
      assert.equal(done.filter(Boolean).length, 1)
      assert.equal((await store.find('T1'))?.publicKey.x, keys[done.indexOf(true)])
    },
  },
  {
    name: 'a terminal redeemed again takes the place of the earlier one',
    async check({ store }) {
      await store.invite(invitationOf('AAAA'))
      await store.invite(invitationOf('BBBB'))
      await store.redeem('AAAA', terminalOf('T1', 'old'))
      assert.equal(await store.redeem('BBBB', terminalOf('T1', 'new')), true)
      assert.deepEqual(await store.find('T1'), terminalOf('T1', 'new'))
    },
  },
  {
    name: 'removing forgets the terminal and its invitations, and no others',
    async check({ store }) {
      await store.invite(invitationOf('AAAA', 'T1'))
      await store.invite(invitationOf('BBBB', 'T1'))
      await store.invite(invitationOf('CCCC', 'T2'))
      await store.invite(invitationOf('DDDD', 'T2'))
      await store.redeem('AAAA', terminalOf('T1'))
      await store.redeem('CCCC', terminalOf('T2'))
      await store.remove('T1')
      assert.equal(await store.find('T1'), undefined)
      assert.equal(await store.attempt('BBBB'), undefined)
      assert.deepEqual(await store.find('T2'), terminalOf('T2'))
      assert.equal((await store.attempt('DDDD'))?.attempts, 1)
    },
  },
  {
    name: 'removing what is not there changes nothing',
    async check({ store }) {
      await store.remove('T1')
      await store.remove('T1')
      assert.equal(await store.find('T1'), undefined)
    },
  },
]

/**
 * What every {@link EnrolmentStore} must do.
 *
 * @param open - opens an empty one, once for each rule
 */
export const enrolmentStoreContract = (open: () => Promise<EnrolmentStoreUnderTest>): readonly ContractCase[] =>
  contract('ES', [...INVITATIONS, ...TERMINALS], open)
