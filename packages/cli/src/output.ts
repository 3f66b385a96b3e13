import pc from 'picocolors'
import type { Context, Sink } from './context.ts'
import { forTerminal, plain, safeJson } from './harmless.ts'
import { type ShownProblem, shownProblem } from './problem.ts'
import type { Language, Text } from './text.ts'

type Colors = ReturnType<typeof pc.createColors>

export interface OutputOptions {
  readonly json: boolean
  readonly language: Language
  /** False with `--no-color`. */
  readonly color: boolean
}

/** Colours on a terminal only; https://no-color.org holds, and `TERM=dumb` has none. */
const wantsColor = (sink: Sink, env: Context['env'], wanted: boolean): boolean =>
  wanted && sink.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'

const BAR = 24
/** Columns of a terminal that has room for a bar beside the words. */
const WIDE = 80

const barOf = (share: number): string => {
  const done = Math.min(1, Math.max(0, share))
  const filled = Math.floor(done * BAR)
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${String(Math.floor(done * 100)).padStart(3)}%`
}

/** Where a command answers: text for people, or one JSON document for programs. */
export class Output {
  readonly json: boolean
  readonly language: Language
  readonly color: Colors
  readonly #errorColor: Colors
  readonly #stdout: Sink
  readonly #stderr: Sink
  readonly #interactive: boolean
  #progress = false

  constructor({ stdout, stderr, env }: Pick<Context, 'stdout' | 'stderr' | 'env'>, options: OutputOptions) {
    this.json = options.json
    this.language = options.language
    this.#stdout = stdout
    this.#stderr = stderr
    this.color = pc.createColors(wantsColor(stdout, env, options.color))
    this.#errorColor = pc.createColors(wantsColor(stderr, env, options.color))
    this.#interactive = stderr.isTTY === true && !options.json && env.TERM !== 'dumb'
  }

  say(words: Text): string {
    return words[this.language]
  }

  /** A line for people; nothing with `--json`. */
  line(line: string): void {
    if (this.json) return
    this.clearProgress()
    this.#stdout.write(`${forTerminal(line)}\n`)
  }

  /** The answer: called once. */
  result(data: object, lines: () => readonly string[] = () => []): void {
    this.clearProgress()
    if (this.json) this.#stdout.write(`${safeJson(data)}\n`)
    else for (const line of lines()) this.line(line)
  }

  /** Beside the answer, on stderr: what a person should know but no program needs. */
  note(words: Text): void {
    if (this.json) return
    this.clearProgress()
    this.#stderr.write(`${this.#errorColor.dim(this.say(words))}\n`)
  }

  /**
   * Shown while something takes long, on a terminal only, in one line that is overwritten.
   *
   * @param share - how much is done, from 0 to 1, for a bar; nothing when nobody knows
   */
  progress(words: Text, share?: number): void {
    if (!this.#interactive) return
    // A terminal of no width is one that does not say.
    const isNarrow = (this.#stderr.columns || WIDE) < WIDE
    const bar = share === undefined || isNarrow ? '' : `${barOf(share)} `
    this.#stderr.write(`\r\u001B[2K${bar}${this.#errorColor.dim(this.say(words))}`)
    this.#progress = true
  }

  clearProgress(): void {
    if (this.#progress) this.#stderr.write('\r\u001B[2K')
    this.#progress = false
  }

  failure(error: unknown): ShownProblem {
    this.clearProgress()
    const shown = shownProblem(error, this.language)
    if (this.json) this.#stderr.write(`${safeJson({ error: shown })}\n`)
    else this.#stderr.write(`${this.#errorColor.red('✗')} ${plain(shown.message)} (${shown.code})\n`)
    return shown
  }
}
