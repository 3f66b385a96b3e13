import { defineConfig } from 'tsup'
import { packageBuild } from '../../tsup.shared.ts'

export default defineConfig(packageBuild({ main: 'src/main.ts' }, { format: ['esm'], dts: false }))
