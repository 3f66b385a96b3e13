const MARK = /(?:\/\/|#) → (.+)$/gm
const PATIENCE = 30_000

/** What a block says it prints: `// → text` or `# → text` at the end of a line. */
export const promisedOutput = (code: string): readonly string[] =>
  [...code.matchAll(MARK)].map(([, text = '']) => text.trim())

/** Everything printed so far, by this process and by the shells it ran. */
export class Output {
  #text = ''
  #changed: () => void = () => undefined

  /** Watches what this process prints, instead of printing it. */
  capture(): void {
    for (const stream of [process.stdout, process.stderr]) {
      stream.write = ((chunk: string | Uint8Array): boolean => {
        this.add(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
        return true
      }) as typeof stream.write
    }
  }

  get length(): number {
    return this.#text.length
  }

  add(text: string): void {
    this.#text += text
    this.#changed()
  }

  since(start: number): string {
    return this.#text.slice(start)
  }

  /** Resolves when all of it was printed, in that order, since `start`. */
  async waitFor(promised: readonly string[], start: number): Promise<void> {
    const missing = (): string | undefined => {
      let from = start
      for (const text of promised) {
        const at = this.#text.indexOf(text, from)
        if (at < 0) return text
        from = at + text.length
      }
      return undefined
    }
    await new Promise<void>((resolve, reject) => {
      const look = (): boolean => missing() === undefined
      if (look()) return resolve()
      const timer = setTimeout(() => {
        this.#changed = () => undefined
        reject(new Error(`"${missing()}" was promised, and this was printed:\n${this.since(start)}`))
      }, PATIENCE)
      this.#changed = () => {
        if (!look()) return
        clearTimeout(timer)
        this.#changed = () => undefined
        resolve()
      }
    })
  }
}
