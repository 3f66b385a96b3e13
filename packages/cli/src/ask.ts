import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { Call } from './command.ts'
import { Problem } from './problem.ts'
import { type Text, text } from './text.ts'

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() })

/**
 * Asks for one line after the other from whoever types, scans or pipes. What is typed is not shown. Undefined when the
 * input has ended.
 */
export const secretAsker = ({ context, output }: Pick<Call, 'context' | 'output'>) => {
  const { stdin, signal } = context
  // A readline that believes in a terminal echoes to its own output only, and that leads nowhere.
  const open = () => createInterface({ input: stdin, output: nowhere(), terminal: stdin.isTTY === true, signal })
  let lines: AsyncIterator<string> | undefined
  return async (question: Text): Promise<string | undefined> => {
    output.progress(question)
    lines ??= open()[Symbol.asyncIterator]()
    try {
      for (;;) {
        const { value, done } = await lines.next()
        if (done === true) return undefined
        if (value.trim() !== '') return value.trim()
      }
    } finally {
      output.clearProgress()
    }
  }
}

/**
 * One line, not shown.
 *
 * @throws Problem `USAGE` when the input ends without a line
 */
export const askSecretly = async (call: Pick<Call, 'context' | 'output'>, question: Text): Promise<string> => {
  const line = await secretAsker(call)(question)
  call.context.stdin.pause()
  if (line !== undefined) return line
  throw new Problem('USAGE', text('标准输入没有内容。', 'Nothing came on standard input.'))
}
