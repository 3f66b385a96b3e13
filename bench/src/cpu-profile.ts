/** The parts of V8's CPU profile that are read. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  /** The node that was on top at each sample. */
  readonly samples: readonly number[]
  /** µs since the sample before. */
  readonly timeDeltas: readonly number[]
}

/** One function, with the time in which it was on top of the stack itself. */
export interface SelfTime {
  readonly name: string
  readonly place: string
  readonly ms: number
}

const US_PER_MS = 1_000
/** V8's names for time in which no script ran. */
const IDLE = '(idle)'

const shortPlace = (url: string, line: number): string =>
  url === '' ? '' : `${url.replace(/^file:\/\//, '').replace(/^.*\/node_modules\//, '')}:${line + 1}`

/** Time by function, most first, and how much of all time was idle (0 to 1). */
export const selfTimes = ({
  nodes,
  samples,
  timeDeltas,
}: CpuProfile): { readonly functions: readonly SelfTime[]; readonly busyMs: number; readonly idle: number } => {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const times = new Map<string, { name: string; place: string; ms: number }>()
  let [all, idle] = [0, 0]
  samples.forEach((id, index) => {
    const ms = (timeDeltas[index] ?? 0) / US_PER_MS
    const frame = frames.get(id)
    all += ms
    if (frame === undefined) return
    if (frame.functionName === IDLE) {
      idle += ms
      return
    }
    const [name, place] = [frame.functionName || '(anonymous)', shortPlace(frame.url, frame.lineNumber)]
    const known = times.get(`${name} ${place}`)
    if (known === undefined) times.set(`${name} ${place}`, { name, place, ms })
    else known.ms += ms
  })
  const functions = [...times.values()].sort((left, right) => right.ms - left.ms)
  return { functions, busyMs: all - idle, idle: all === 0 ? 0 : idle / all }
}
