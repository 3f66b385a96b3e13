import { defineConfig } from 'tsup'
import { packageBuild } from '../../tsup.shared.ts'

// Nest's decorators are the experimental ones, which the shared configuration does not turn on.
export default defineConfig(
  packageBuild({ main: 'src/main.ts' }, { format: ['esm'], dts: false, tsconfig: 'tsconfig.build.json' }),
)
