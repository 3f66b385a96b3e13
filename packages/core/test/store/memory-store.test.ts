import { describe, test } from 'vitest'
import { memoryStore } from '../../src/store/memory-store.ts'
import { storeContract } from '../../src/testing/store-contract.ts'

const contract = storeContract(async () => ({ store: memoryStore(), close: async () => undefined }), {
  forgets: 'It lives in the memory of one process.',
  alone: 'It lives in the memory of one process.',
})

describe('memoryStore keeps the store contract', () => {
  for (const { id, name, run } of contract) test(`${id} ${name}`, run)
})
