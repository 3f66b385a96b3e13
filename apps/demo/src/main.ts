import { parseArgs } from 'node:util'
import { runDemo } from './demo.ts'
import { languageOf, wordsOf } from './words.ts'

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const fail = (line: string): never => {
  process.stderr.write(`${line}\n`)
  process.exit(2)
}

const readArguments = () => {
  try {
    const { values } = parseArgs({
      // `pnpm demo -- --once` hands the separator on.
      args: process.argv.slice(2).filter((argument) => argument !== '--'),
      options: {
        once: { type: 'boolean' },
        port: { type: 'string' },
        lang: { type: 'string' },
        help: { type: 'boolean' },
      },
    })
    return values
  } catch {
    return fail(wordsOf(languageOf(undefined, process.env)).usage)
  }
}

const values = readArguments()
const words = wordsOf(languageOf(values.lang, process.env))
const port = Number(values.port ?? 0)
if (values.help === true) {
  print(words.usage)
  process.exit(0)
}
if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(words.usage)

try {
  const demo = await runDemo({ port, words, print })
  process.exitCode = demo.equal ? 0 : 1
  if (values.once === true) {
    await demo.close()
  } else {
    print(words.open)
    print(words.serving)
    const stop = (): void => void demo.close()
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  }
} catch (error) {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') fail(words.portTaken(port))
  throw error
}
