import { F2fError } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { describe, expect, test } from 'vitest'
import { memoryRevocationList } from '../src/index.ts'
import { revocationListContract } from '../src/testing/index.ts'
import { backEnd } from './support/back-end.ts'

describe('memoryRevocationList', () => {
  for (const { id, name, run } of revocationListContract(async () => ({ list: memoryRevocationList() })))
    test(`${id} ${name}`, run)

  test('keeps a token until five minutes after its end, when no tolerance can let it in any more', async () => {
    const clock = new SimulatedClock()
    const list = memoryRevocationList(clock)
    const token = { tokenId: 'a', terminalId: 'T1', issuedAt: new Date(clock.now()) }
    await list.revokeToken('a', new Date(clock.now() + 600_000))
    await clock.advance(899_999)
    expect(list.isRevoked(token)).toBe(true)
    await clock.advance(1)
    expect(list.isRevoked(token)).toBe(false)
  })
})

describe('revocation', () => {
  test('ends one token at once and leaves the others', async () => {
    const { ask, as, issue, revocation } = backEnd()
    const [lost, kept] = [await issue(), await issue()]
    await revocation.revokeToken(lost.tokenId, lost.expiresAt)
    expect((await ask('GET', '/payments', as(kept.token))).status).toBe(200)
    const { status, json, challenge } = await ask('GET', '/payments', as(lost.token))
    expect(status).toBe(401)
    expect(challenge).toBe('Bearer error="invalid_token"')
    expect(json.code).toBe('AUTH_INVALID')
  })

  test('ends every token of a till issued until then', async () => {
    const { ask, as, issue, revocation, clock } = backEnd()
    const [lost, other] = [await issue(), await issue({ terminalId: 'T2' })]
    await clock.advance(1_000)
    await revocation.revokeTerminal('T1', new Date(clock.now()))
    const next = await issue()
    const statusOf = async (token: string) => (await ask('GET', '/payments', as(token))).status
    expect(await Promise.all([lost, other, next].map(({ token }) => statusOf(token)))).toEqual([401, 200, 200])
  })

  test('is asked for nothing but valid tokens', async () => {
    const asked: string[] = []
    const revocation = {
      isRevoked: ({ tokenId }: { tokenId: string }) => {
        asked.push(tokenId)
        return false
      },
    }
    const { ask, as, issue, clock } = backEnd({ revocation })
    const { token, tokenId } = await issue()
    await ask('GET', '/payments', as(`${token.slice(0, -8)}AAAAAAAA`))
    expect(asked).toEqual([])
    await ask('GET', '/payments', as(token))
    expect(asked).toEqual([tokenId])
    await clock.advance(600_000)
    await ask('GET', '/payments', as(token))
    expect(asked).toEqual([tokenId])
  })

  test('lets nobody in while the list cannot be asked', async () => {
    const isRevoked = async () => {
      throw new F2fError('STORE_UNAVAILABLE', 'The store is away.')
    }
    const { ask, as, issue } = backEnd({ revocation: { isRevoked } })
    const { token } = await issue()
    const { status, json } = await ask('GET', '/payments', as(token))
    expect([status, json.code]).toEqual([503, 'STORE_UNAVAILABLE'])
  })
})
