import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { Call } from './command.ts'
import { Problem } from './problem.ts'
import { type Text, text } from './text.ts'

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() })

/**
 * One line from whoever types, scans or pipes. What is typed is not shown.
 *
 * @throws Problem `USAGE` when the input ends without a line
 */
export const askSecretly = async (
  { context, output }: Pick<Call, 'context' | 'output'>,
  question: Text,
): Promise<string> => {
  const { stdin, signal } = context
  output.progress(question)
  // A readline that believes in a terminal echoes to its own output only, and that leads nowhere.
  const lines = createInterface({ input: stdin, output: nowhere(), terminal: stdin.isTTY === true })
  const stop = () => lines.close()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const line of lines) if (line.trim() !== '') return line.trim()
  } finally {
    signal.removeEventListener('abort', stop)
    lines.close()
    output.clearProgress()
  }
  throw new Problem('USAGE', text('标准输入没有内容。', 'Nothing came on standard input.'))
}
