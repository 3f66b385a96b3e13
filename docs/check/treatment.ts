import type { CodeBlock } from './blocks.ts'

/** What is done with a block. */
export type Treatment =
  /** Not code: prose, a picture made of characters, output. */
  | { readonly is: 'text' }
  /** Compiled and run, run by bash, or read as data. */
  | { readonly is: 'module' | 'shell' | 'data' }
  /** The author says why it cannot be run; TypeScript is compiled all the same, unless it says why not either. */
  | { readonly is: 'excused'; readonly reason: string; readonly compiled: boolean }
  | { readonly is: 'mistake'; readonly problem: string }

const BY_LANGUAGE: Readonly<Record<string, Treatment>> = {
  text: { is: 'text' },
  ts: { is: 'module' },
  js: { is: 'module' },
  sh: { is: 'shell' },
  json: { is: 'data' },
  yaml: { is: 'data' },
}

const FLAGS: readonly string[] = ['decorators']
const ATTRIBUTES: readonly string[] = ['not-run', 'not-compiled', 'until', 'needs', 'fails']
/** A reason is a sentence, not a word. */
const SHORTEST_REASON = 12

const reasonProblem = (reason: string): string | undefined =>
  reason.trim().length < SHORTEST_REASON ? `"${reason}" is no reason: say why it cannot be run` : undefined

const excuse = ({ language, attributes }: CodeBlock): Treatment | undefined => {
  const { 'not-compiled': notCompiled, 'not-run': notRun } = attributes
  const reason = notCompiled ?? notRun
  if (reason === undefined) return undefined
  const problem = reasonProblem(reason)
  if (problem !== undefined) return { is: 'mistake', problem }
  return { is: 'excused', reason, compiled: language === 'ts' && notCompiled === undefined }
}

const unknownWord = ({ flags, attributes }: CodeBlock): string | undefined =>
  flags.find((flag) => !FLAGS.includes(flag)) ?? Object.keys(attributes).find((key) => !ATTRIBUTES.includes(key))

/** What is done with a block, by its fence. Nothing is left out silently. */
export const treatmentOf = (block: CodeBlock): Treatment => {
  const unknown = unknownWord(block)
  if (unknown !== undefined) return { is: 'mistake', problem: `"${unknown}" means nothing in a fence` }
  if (block.language === '') return { is: 'mistake', problem: 'a fence names its language; text for what is no code' }
  return (
    excuse(block) ??
    BY_LANGUAGE[block.language] ?? {
      is: 'mistake',
      problem: `${block.language} cannot be run here: use one of ${Object.keys(BY_LANGUAGE).join(', ')}, or not-run="why"`,
    }
  )
}
