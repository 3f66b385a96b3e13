import { describe, test } from 'vitest'
import { sourceContract } from '../src/testing/index.ts'
import { HARNESSES } from './helpers/harnesses.ts'

for (const [name, createHarness] of Object.entries(HARNESSES)) {
  const canUnplug = createHarness().unplug !== undefined
  describe(name, () => {
    for (const { id, name, needsPlug, run } of sourceContract) {
      if (canUnplug || !needsPlug) test.concurrent(`${id} ${name}`, () => run(createHarness()))
    }
  })
}
