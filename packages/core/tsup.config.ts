import { defineConfig } from 'tsup'
import { packageBuild } from '../../tsup.shared.ts'

export default defineConfig(
  packageBuild({
    index: 'src/index.ts',
    http: 'src/http/index.ts',
    monitoring: 'src/monitoring/index.ts',
    testing: 'src/testing/index.ts',
  }),
)
