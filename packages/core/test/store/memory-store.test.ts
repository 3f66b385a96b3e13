import { describe, expect, test, vi } from 'vitest'
import { memoryStore } from '../../src/store/memory-store.ts'
import { storeContract } from '../../src/testing/store-contract.ts'
import { newPayment } from '../../src/testing/store-contract-payments.ts'

const contract = storeContract(async () => ({ store: memoryStore(), close: async () => undefined }), {
  forgets: 'It lives in the memory of one process.',
  alone: 'It lives in the memory of one process.',
})

describe('memoryStore keeps the store contract', () => {
  for (const { id, name, run } of contract) test(`${id} ${name}`, run)
})

test('whoever listens and throws neither undoes the write nor keeps the news from the others', async () => {
  const store = memoryStore()
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  const heard: string[] = []
  store.subscribe?.(() => {
    throw new Error('deaf')
  })
  store.subscribe?.(({ outTradeNo }) => heard.push(outTradeNo))
  expect(await store.insert(newPayment('T1'))).toMatchObject({ inserted: true })
  expect(heard).toEqual(['T1'])
  expect(warned).toHaveBeenCalledExactlyOnceWith('deaf (payment T1)', { type: 'F2fWarning', code: 'F2F_PROBLEM' })
  warned.mockRestore()
})
