/** How many may pass in one turn of the event loop: what each does next takes some hundredths of a millisecond. */
const PER_TURN = 16

let free = PER_TURN
let waiting: (() => void)[] = []
let refilling = false

const refillNextTurn = (): void => {
  if (refilling) return
  refilling = true
  setImmediate(() => {
    refilling = false
    const passing = waiting.slice(0, PER_TURN)
    waiting = waiting.slice(PER_TURN)
    free = PER_TURN - passing.length
    if (passing.length > 0) refillNextTurn()
    for (const pass of passing) pass()
  })
}

/**
 * Resolves in this turn of the event loop for a few callers, in order in the following turns for all others, so that a
 * thousand calls begun at once do not stop everything else in the process until the last of them is prepared. A call
 * passes when it begins, when it is signed and when its reply is there.
 */
export const turnstile = (): Promise<void> => {
  if (free > 0) {
    free -= 1
    refillNextTurn()
    return Promise.resolve()
  }
  return new Promise((resolve) => waiting.push(resolve))
}
