/** One step from a world to another. */
export interface Move<W> {
  readonly name: string
  readonly world: W
}

/** What is to be explored, and what must hold everywhere in it. */
export interface Space<W> {
  readonly start: W
  readonly moves: (world: W) => readonly Move<W>[]
  /** Two worlds with the same key behave alike for ever. */
  readonly keyOf: (world: W) => string
  /** What is broken in this world, as far as one world shows it. */
  readonly brokenIn: (world: W) => string | undefined
  /** An end that every world must have a way to. */
  readonly isEnd: (world: W) => boolean
}

export interface Exploration {
  readonly states: number
  readonly moves: number
  /** The broken invariant and a shortest way to it; undefined when all hold. */
  readonly counterexample: { readonly broken: string; readonly path: readonly string[] } | undefined
}

/** Visits every world that can be reached, breadth first, and checks each; then that each has a way to an end. */
export const search = <W>({ start, moves: movesFrom, keyOf, brokenIn, isEnd }: Space<W>): Exploration => {
  const index = new Map<string, number>()
  const parents: { readonly from: number; readonly name: string }[] = []
  const reachedBy: number[][] = []
  const worlds: (W | undefined)[] = []
  const ends: number[] = []
  let moves = 0

  const pathTo = (state: number): string[] => {
    const path: string[] = []
    for (let at = state; at >= 0; at = parents[at]!.from) path.unshift(parents[at]!.name)
    return path
  }
  const visit = (world: W, from: number, name: string): void => {
    const key = keyOf(world)
    let state = index.get(key)
    if (state === undefined) {
      state = worlds.length
      index.set(key, state)
      worlds.push(world)
      parents.push({ from, name })
      reachedBy.push([])
    }
    if (from >= 0) reachedBy[state]!.push(from)
  }

  visit(start, -1, 'the beginning')
  for (let state = 0; state < worlds.length; state++) {
    const world = worlds[state]!
    const broken = brokenIn(world)
    if (broken !== undefined) return { states: worlds.length, moves, counterexample: { broken, path: pathTo(state) } }
    if (isEnd(world)) ends.push(state)
    for (const move of movesFrom(world)) {
      moves++
      visit(move.world, state, move.name)
    }
    worlds[state] = undefined
  }

  const canEnd = new Set(ends)
  for (const state of canEnd) for (const before of reachedBy[state]!) canEnd.add(before)
  const stuck = worlds.findIndex((_, state) => !canEnd.has(state))
  const counterexample = stuck < 0 ? undefined : { broken: 'I2: no way leads to a settled end', path: pathTo(stuck) }
  return { states: worlds.length, moves, counterexample }
}

/** Prints how much was visited, and the way to what is broken. */
export const report = (what: string, found: Exploration): void => {
  console.log(`explored ${what}: ${found.states} states, ${found.moves} moves`)
  if (found.counterexample !== undefined) {
    console.log(`${found.counterexample.broken}\n  ${found.counterexample.path.join('\n  ')}`)
  }
}
