import { mergeConfig } from 'vitest/config'
import { packageTests } from '../../vitest.shared.ts'

export default mergeConfig(packageTests, {
  test: {
    globalSetup: ['test/support/build-page.ts'],
    // Pages side by side on two cores: more would only wait for each other.
    maxConcurrency: 3,
    testTimeout: 240_000,
  },
})
