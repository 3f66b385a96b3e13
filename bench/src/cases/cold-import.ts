import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Bench } from '../bench.ts'
import { type Role, ratios } from '../report.ts'
import { type Contender, interleaved, rowsOf } from '../rounds.ts'

const FORMS = {
  ESM: (name: string) => ['--input-type=module', '-e', probe(`await import('${name}')`)],
  CommonJS: (name: string) => ['--input-type=commonjs', '-e', probe(`require('${name}')`)],
}

const probe = (load: string): string =>
  `const start = performance.now(); ${load}; process.stdout.write(String(performance.now() - start))`

const MODULES: readonly { readonly name: string; readonly role: Role }[] = [
  { name: '@f2f/core', role: 'ours' },
  { name: 'alipay-sdk', role: 'peer' },
]

/** Milliseconds a fresh process needs to load a package. */
const loadTime = async (args: readonly string[]): Promise<number> =>
  Number((await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname })).stdout)

export const coldImport: Bench = {
  id: 'cold-import',
  run: async ({ rounds }) => {
    const contenders: readonly Contender[] = Object.entries(FORMS).flatMap(([form, args]) =>
      MODULES.map(({ name, role }) => ({ name: `${name} ${form}`, role, sample: () => loadTime(args(name)) })),
    )
    const samples = await interleaved(contenders, 3 * rounds, false)
    const rows = rowsOf(contenders, samples, 'ms')
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
