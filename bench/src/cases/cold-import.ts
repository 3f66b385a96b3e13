import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Bench } from '../bench.ts'
import { ratios } from '../report.ts'
import { interleaved } from '../rounds.ts'

const FORMS = {
  ESM: (name: string) => ['--input-type=module', '-e', probe(`await import('${name}')`)],
  CommonJS: (name: string) => ['--input-type=commonjs', '-e', probe(`require('${name}')`)],
}

const probe = (load: string): string =>
  `const start = performance.now(); ${load}; process.stdout.write(String(performance.now() - start))`

/** Milliseconds a fresh process needs to load a package. */
const loadTime = async (args: readonly string[]): Promise<number> =>
  Number((await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname })).stdout)

export const coldImport: Bench = {
  id: 'cold-import',
  run: async ({ rounds }) => {
    const contenders = Object.entries(FORMS).flatMap(([form, args]) =>
      ['@f2f/core', 'alipay-sdk'].map((name) => ({ name: `${name} ${form}`, sample: () => loadTime(args(name)) })),
    )
    const samples = await interleaved(contenders, 3 * rounds)
    const rows = [...samples].map(([name, values]) => ({ name, unit: 'ms', samples: values }))
    return {
      name: 'Cold import',
      how: 'The built packages, each in a fresh process, from before the import until it resolves; files in the page cache.',
      rows,
      verdict: {
        name: '@f2f/core / alipay-sdk, ESM',
        samples: ratios(samples.get('@f2f/core ESM'), samples.get('alipay-sdk ESM')),
        target: { atMost: 0.1 },
      },
    }
  },
}
