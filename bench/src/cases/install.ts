import type { Bench } from '../bench.ts'
import { type Installed, installed } from '../installed.ts'
import type { Role } from '../report.ts'

const MB = 1e6

const INSTALLATIONS: readonly { readonly names: readonly string[]; readonly role: Role }[] = [
  { names: ['@f2f/core'], role: 'ours' },
  { names: ['@f2f/core', '@f2f/sql', 'better-sqlite3'], role: 'ours' },
  { names: ['@f2f/core', '@f2f/sql', 'pg'], role: 'ours' },
  { names: ['alipay-sdk'], role: 'peer' },
]

export const install: Bench = {
  id: 'install',
  run: async () => {
    const found: (Installed & { readonly name: string; readonly role: Role })[] = []
    for (const { names, role } of INSTALLATIONS)
      found.push({ name: names.join(' '), role, ...(await installed(names)) })
    const [core, official] = [found[0], found.at(-1)]
    return {
      name: 'What an installation puts on the disk',
      how: 'Sums of file sizes: ours as they would be published, theirs as the package manager unpacked them, each name and version once, with all that comes along. The same on every machine but for binaries.',
      rows: found.flatMap(({ name, role, packages, files, bytes }) => [
        { name: `${name}: packages`, unit: 'packages', role, samples: [packages] },
        { name: `${name}: files`, unit: 'files', role, samples: [files] },
        { name: `${name}: size`, unit: 'MB', role, samples: [bytes / MB] },
      ]),
      verdict: {
        name: '@f2f/core / alipay-sdk, bytes',
        samples: [(core?.bytes ?? Number.NaN) / (official?.bytes ?? Number.NaN)],
      },
    }
  },
}
