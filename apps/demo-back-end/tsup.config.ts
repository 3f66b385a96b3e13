import { defineConfig } from 'tsup'
import { packageBuild } from '../../tsup.shared.ts'

const entries = { index: 'src/index.ts', metrics: 'src/metrics/index.ts', till: 'src/till.ts' }

export default defineConfig(packageBuild(entries, { format: ['esm'], dts: false }))
