import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { crash } from './crash.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
})
const verdict = await crash({
  backend: (folder) => ({ kind: 'sqlite', path: join(folder, 'payments.db') }),
  tills: 1,
  kills: Number(values.kills),
  seed: Number(values.seed),
  onKill: (kills) => {
    if (kills % 20 === 0) console.error(`${kills} kills`)
  },
})
console.log(JSON.stringify({ ...verdict, wrong: verdict.wrong.slice(0, 50) }, null, 2))
process.exitCode = verdict.wrong.length === 0 ? 0 : 1
