/** One thing that is measured; every call is one sample. */
export interface Contender {
  readonly name: string
  readonly sample: () => Promise<number>
}

/**
 * Samples every contender once per round, the order turned by one place each round, so that what the machine does
 * meanwhile hits all of them alike. The first round only warms up.
 *
 * @returns name → one sample per round
 */
export const interleaved = async (
  contenders: readonly Contender[],
  rounds: number,
): Promise<ReadonlyMap<string, readonly number[]>> => {
  const samples = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    const turn = round % contenders.length
    for (const { name, sample } of [...contenders.slice(turn), ...contenders.slice(0, turn)]) {
      const value = await sample()
      if (round > 0) samples.get(name)?.push(value)
    }
  }
  return samples
}

/** Operations per second of `callers` that each start the next operation when the last one ends, for `ms`. */
export const rateOf = async (operation: () => Promise<unknown>, callers: number, ms: number): Promise<number> => {
  const start = performance.now()
  let done = 0
  const caller = async (): Promise<void> => {
    while (performance.now() - start < ms) {
      await operation()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return (done / (performance.now() - start)) * 1000
}
