/**
 * `node src/profile.ts <case> [contender]`: runs one case with V8's CPU profiler and prints which functions took the time,
 * here and in the processes that the case starts. Only contenders whose name holds the given text are sampled; without one, the first,
 * which is ours.
 */
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CpuProfile, selfTimes } from './cpu-profile.ts'

const MOST = 25
/** Processes that did less than this are left out, ms. */
const LEAST_BUSY = 50

const [id, contender = ''] = process.argv.slice(2)
if (id === undefined) throw new Error('say which case to profile')

const results = join(import.meta.dirname, '../results')
await mkdir(results, { recursive: true })
const folder = await mkdtemp(join(results, `profile-${id}-`))
await writeFile(join(folder, `${process.pid}.txt`), 'the bench itself, while it samples')
// For the processes that the case starts; this one is profiled only while it samples.
process.env.NODE_OPTIONS = [
  '--cpu-prof',
  `--cpu-prof-dir=${folder}`,
  `--import=${join(import.meta.dirname, 'profile-child.ts')}`,
].join(' ')
process.env.F2F_BENCH_PROFILES = folder
process.env.F2F_BENCH_PROFILED = contender
process.argv.splice(2, process.argv.length, id)
await import('./main.ts')

/** `CPU.<date>.<time>.<process>.<thread>.<number>.cpuprofile` */
const processOf = (file: string): string => file.split('.')[3] ?? ''

const profiles = await Promise.all(
  (await readdir(folder))
    .filter((file) => file.endsWith('.cpuprofile'))
    .map(async (file) => {
      const profile = JSON.parse(await readFile(join(folder, file), 'utf8')) as CpuProfile
      const command = await readFile(join(folder, `${processOf(file)}.txt`), 'utf8').catch(() => 'a thread')
      return { command, ...selfTimes(profile) }
    }),
)

for (const { command, functions, busyMs, idle } of profiles.toSorted((left, right) => left.busyMs - right.busyMs)) {
  if (busyMs < LEAST_BUSY) continue
  console.log(`\n${command}\n  main thread busy ${busyMs.toFixed(0)} ms, idle ${(100 * idle).toFixed(0)} %`)
  for (const { name, place, ms } of functions.slice(0, MOST)) {
    console.log(
      `  ${ms.toFixed(1).padStart(9)} ms ${((100 * ms) / busyMs).toFixed(1).padStart(5)} %  ${name}  ${place}`,
    )
  }
}
console.log(`\nChildren are profiled from their start. The busiest process is last. Profiles for a viewer: ${folder}`)
