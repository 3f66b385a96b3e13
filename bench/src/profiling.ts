import { writeFile } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'
import { join } from 'node:path'

/** Where `profile.ts` wants profiles; unset when nothing is profiled. */
const FOLDER = process.env.F2F_BENCH_PROFILES

/** Does the work; under `profile.ts`, with V8's CPU profiler running, so that what comes before it is left out. */
export const profiled = async (work: () => Promise<void>): Promise<void> => {
  if (FOLDER === undefined) return work()
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.start')
  await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  // Named like those that Node itself writes.
  const name = `CPU.${Date.now()}.0.${process.pid}.0.0.cpuprofile`
  await writeFile(join(FOLDER, name), JSON.stringify(profile))
}
