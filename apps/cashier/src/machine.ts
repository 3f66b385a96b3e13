/** What the page needs of the machine it runs on; tests bring their own. */
export interface Machine {
  /** ms since 1970. */
  now(): number
  /** Resolves after so many ms, or at once when the signal is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
  /** So many random bytes as upper-case hexadecimal digits. */
  randomHex(bytes: number): string
}

export const browserMachine: Machine = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve()
      const timer = setTimeout(done, ms)
      function done(): void {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      signal?.addEventListener('abort', done)
    }),
  randomHex: (bytes) =>
    Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase(),
}
