import type { Context } from './context.ts'
import type { ExitCode } from './exit.ts'
import type { Output } from './output.ts'
import type { Text } from './text.ts'

export interface Option {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  /** What stands for the value in the help. */
  readonly value?: string
  readonly about: Text
}

export interface Argument {
  readonly name: string
  readonly about: Text
  readonly optional?: boolean
}

export type Options = Readonly<Record<string, Option>>

interface ValueOf {
  readonly string: string
  readonly boolean: boolean
}

export type Flags<O extends Options> = { readonly [Name in keyof O]?: ValueOf[O[Name]['type']] | undefined }

/** One call of a command: what was given, and where to answer. */
export interface Call<O extends Options = Options> {
  readonly context: Context
  readonly output: Output
  readonly flags: Flags<O>
  /** The arguments in order; those that are not optional are there. */
  readonly args: readonly string[]
}

export interface Command<O extends Options = Options> {
  /** One word or two: `pay`, `keys new`. */
  readonly name: string
  readonly about: Text
  /** More to say in the help. */
  readonly more?: Text
  readonly arguments: readonly Argument[]
  readonly options: O
  readonly examples: readonly string[]
  run(call: Call<O>): Promise<ExitCode>
}

/** A command of any options, for the table of commands. */
export type AnyCommand = Omit<Command, 'run'> & { run(call: Call): Promise<ExitCode> }

/** Checks a command's shape and forgets which options it has. */
export const defineCommand = <const O extends Options>(command: Command<O>): AnyCommand => command as AnyCommand
