/** One step from a world to another. */
export interface Move<W> {
  readonly name: string
  readonly world: W
  /** Nobody can count on it, so it is no part of the way to an end that every world must have. */
  readonly isChance?: true
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
  const worlds: (W | undefined)[] = []
  /** How each was reached first: from where, by what. */
  const parents: number[] = []
  const names: string[] = []
  /** Where moves lead that can be counted on, those of one world after another's, and where each world's are over. */
  const targets: number[] = []
  const targetsEnd: number[] = []
  const ends: number[] = []
  let moves = 0

  const pathTo = (state: number): string[] => {
    const path: string[] = []
    for (let at = state; at >= 0; at = parents[at]!) path.unshift(names[at]!)
    return path
  }
  const visit = (world: W, from: number, name: string): number => {
    const key = keyOf(world)
    const known = index.get(key)
    if (known !== undefined) return known
    const state = worlds.length
    index.set(key, state)
    worlds.push(world)
    parents.push(from)
    names.push(name)
    return state
  }

  visit(start, -1, 'the beginning')
  for (let state = 0; state < worlds.length; state++) {
    const world = worlds[state]!
    const broken = brokenIn(world)
    if (broken !== undefined) {
      return { states: worlds.length, moves, counterexample: { broken, path: pathTo(state) } }
    }
    if (isEnd(world)) ends.push(state)
    for (const move of movesFrom(world)) {
      moves++
      const target = visit(move.world, state, move.name)
      if (move.isChance === undefined) targets.push(target)
    }
    targetsEnd.push(targets.length)
    worlds[state] = undefined
  }

  const stuck = firstWithoutWay(targets, targetsEnd, ends)
  const counterexample = stuck < 0 ? undefined : { broken: 'I2: no way leads to a settled end', path: pathTo(stuck) }
  return { states: worlds.length, moves, counterexample }
}

/** The first state with no way to any of the ends; -1 when all have one. */
const firstWithoutWay = (
  targets: readonly number[],
  targetsEnd: readonly number[],
  ends: readonly number[],
): number => {
  const hasWay = new Uint8Array(targetsEnd.length)
  for (const end of ends) hasWay[end] = 1
  // Most moves lead to a later state, so few rounds from the last to the first find all.
  for (let found = true; found; ) {
    found = false
    for (let state = targetsEnd.length - 1; state >= 0; state--) {
      for (let at = targetsEnd[state - 1] ?? 0; hasWay[state] === 0 && at < targetsEnd[state]!; at++) {
        if (hasWay[targets[at]!] === 0) continue
        hasWay[state] = 1
        found = true
      }
    }
  }
  return hasWay.indexOf(0)
}

/** Prints how much was visited, and the way to what is broken. */
export const report = (what: string, found: Exploration): void => {
  console.log(`explored ${what}: ${found.states} states, ${found.moves} moves`)
  if (found.counterexample !== undefined) {
    console.log(`${found.counterexample.broken}\n  ${found.counterexample.path.join('\n  ')}`)
  }
}
