import { describe, expect, test } from 'vitest'
import { memoryEnrolmentStore, memoryReplayGuard, memoryRevocationList } from '../src/index.ts'
import { enrolmentStoreContract, replayGuardContract, revocationListContract } from '../src/testing/index.ts'

type Contract = ReturnType<typeof replayGuardContract>

const failures = async (contract: Contract): Promise<readonly string[]> => {
  const failed = await Promise.all(
    contract.map(({ id, run }) =>
      run().then(
        () => [],
        () => [id],
      ),
    ),
  )
  return failed.flat()
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('the contracts notice', () => {
  test('a replay guard that looks before it writes', async () => {
    const open = async () => {
      const claims = new Map<string, string>()
      const claim = async (key: string, value: string) => {
        const claimed = claims.get(key)
        await turn()
        claims.set(key, claimed ?? value)
        if (claimed === undefined) return 'first' as const
        return claimed === value ? ('same' as const) : ('other' as const)
      }
      return { guard: { claim } }
    }
    expect(await failures(replayGuardContract(open))).toEqual(['RG-06'])
  })

  test('a replay guard that lets the last claim win', async () => {
    const open = async () => {
      const claims = new Map<string, string>()
      const claim = async (key: string, value: string) => {
        const claimed = claims.get(key)
        claims.set(key, value)
        if (claimed === undefined) return 'first' as const
        return claimed === value ? ('same' as const) : ('other' as const)
      }
      return { guard: { claim } }
    }
    expect(await failures(replayGuardContract(open))).toEqual(['RG-03'])
  })

  test('a replay guard that does not tell upper from lower case, as some databases do not', async () => {
    const open = async () => {
      const { claim } = memoryReplayGuard()
      return { guard: { claim: (key: string, ...rest: [string, Date]) => claim(key.toLowerCase(), ...rest) } }
    }
    expect(await failures(replayGuardContract(open))).toEqual(['RG-04'])
  })

  test('a revocation list that also revokes what was issued at that time', async () => {
    const open = async () => {
      const list = memoryRevocationList()
      const revokeTerminal = (id: string, before: Date) => list.revokeTerminal(id, new Date(before.getTime() + 1))
      return { list: { ...list, revokeTerminal } }
    }
    expect(await failures(revocationListContract(open))).toEqual(['RL-03', 'RL-06'])
  })

  test('an enrolment store that loses attempts, or lets two redeem one code', async () => {
    const open = async () => {
      const store = memoryEnrolmentStore()
      const counts = new Map<string, number>()
      const attempt: typeof store.attempt = async (id) => {
        const attempts = (counts.get(id) ?? 0) + 1
        await turn()
        counts.set(id, attempts)
        const found = await store.attempt(id)
        return found === undefined ? undefined : { ...found, attempts }
      }
      const redeem: typeof store.redeem = async (id, terminal) => (await store.redeem(id, terminal)) || true
      return { store: { ...store, attempt, redeem } }
    }
    expect(await failures(enrolmentStoreContract(open))).toEqual(['ES-03', 'ES-08', 'ES-09'])
  })

  test('an enrolment store that leaves invitations of a removed till', async () => {
    const open = async () => {
      const store = memoryEnrolmentStore()
      return { store: { ...store, remove: async () => {} } }
    }
    expect(await failures(enrolmentStoreContract(open))).toEqual(['ES-11'])
  })
})

test('what a contract opens is closed, also when its rule fails', async () => {
  let open = 0
  const broken = async () => {
    open++
    const close = async () => {
      open--
    }
    return { guard: { claim: async () => 'other' as const }, close }
  }
  expect(await failures(replayGuardContract(broken))).toHaveLength(6)
  expect(open).toBe(0)
})
