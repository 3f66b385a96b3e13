/** Runs the blocks of one page, in order, in the page's folder. Started by `run-pages.ts`, which sends the plan. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { createSimulator, type Simulator, serve } from '@f2f/simulator'
import { generateSigningKey } from '@f2f/terminal-auth'
import ts from 'typescript'
import { parse } from 'yaml'
import { asModule, type CodeBlock } from '../blocks.ts'
import { fileNameOf, needsOf } from '../documents.ts'
import type { PagePlan, PageReport, Step } from '../plan.ts'
import { withRealAddresses } from './addresses.ts'
import { withCustomer } from './customer.ts'
import { declaredNames } from './declared.ts'
import { GIVEN } from './given.ts'
import { Output, promisedOutput } from './output.ts'
import { Shells } from './shell.ts'
import { openWindow } from './window.ts'

const APP_ID = '2021000000000000'

const [plan] = (await once(process, 'message')) as [PagePlan]

const writeFile = (name: string, text: string, mode = 0o644): string => {
  const path = join(plan.folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text, { mode })
  return path
}

const openSimulator = async (): Promise<Simulator> => {
  const { appPrivateKey, alipayPrivateKey } = plan.keys
  const simulator = createSimulator({ apps: [{ appId: APP_ID, privateKey: appPrivateKey }], alipayPrivateKey })
  const { gateway } = await serve(withCustomer(simulator))
  Object.assign(process.env, {
    ALIPAY_APP_ID: APP_ID,
    ALIPAY_PRIVATE_KEY: simulator.appPrivateKey,
    ALIPAY_PUBLIC_KEY: simulator.alipayPublicKey,
    ALIPAY_GATEWAY: gateway,
    F2F_DOCS_GATEWAY: gateway,
    TOKEN_KEY: JSON.stringify(await generateSigningKey()),
    MERCHANTS_KEY: randomBytes(32).toString('base64'),
  })
  return simulator
}

/** What a merchant has after the console: keys and certificates under the names the console gives them. */
const writeKeys = ({ appPrivateKey, appPublicKey, alipayPublicKey, certificates }: Simulator): void => {
  writeFile('keys/app-private.pem', appPrivateKey, 0o600)
  writeFile('keys/app-public.pem', appPublicKey)
  writeFile('keys/alipay-public.pem', alipayPublicKey)
  writeFile('keys/appCertPublicKey.crt', certificates.app)
  writeFile('keys/alipayCertPublicKey_RSA2.crt', certificates.alipay)
  writeFile('keys/alipayRootCert.crt', certificates.root)
}

const configuration = (): string =>
  JSON.stringify({
    appId: APP_ID,
    gateway: process.env.F2F_DOCS_GATEWAY,
    privateKeyFile: 'keys/app-private.pem',
    alipayPublicKeyFile: 'keys/alipay-public.pem',
  })

/** Node strips types, but knows no decorators. */
const runnable = (block: CodeBlock, code: string): string => {
  const source = asModule({ ...block, code })
  if (!block.flags.includes('decorators')) return source
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, experimentalDecorators: true }
  return ts.transpileModule(source, { compilerOptions: options }).outputText
}

const giveDeclared = async (code: string): Promise<void> => {
  for (const { name, isFunction } of declaredNames(code)) {
    const give = GIVEN[name] ?? (isFunction ? () => () => undefined : undefined)
    if (give === undefined) throw new Error(`It declares ${name}, which nothing gives (see docs/check/page/given.ts).`)
    Object.assign(globalThis, { [name]: await give() })
  }
}

const shown = new Map<string, number>()

const runModule = async (block: CodeBlock, code: string): Promise<void> => {
  await giveDeclared(code)
  const path = writeFile(fileNameOf(block), runnable(block, code))
  const times = shown.get(path) ?? 0
  shown.set(path, times + 1)
  await import(`${pathToFileURL(path).href}${times === 0 ? '' : `?shown=${times}`}`)
}

const readData = (block: CodeBlock, code: string): void => {
  if (block.language === 'json') JSON.parse(code)
  else parse(code)
  if (block.name === undefined) return
  const isSandbox = block.name === 'f2f.config.json'
  writeFile(block.name, isSandbox ? JSON.stringify({ ...JSON.parse(code), ...JSON.parse(configuration()) }) : code)
}

const rejections: unknown[] = []
process.on('unhandledRejection', (reason) => rejections.push(reason))
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') rejections.push(warning)
})

const output = new Output()
const shells = new Shells(output)

/** A problem in words, with lines of the page instead of those of the file the block became. */
const inWords = (problem: unknown): string => {
  const text = problem instanceof Error ? inspect(problem) : String(problem)
  return text
    .replaceAll(pathToFileURL(`${plan.folder}/`).href, `${plan.file}#`)
    .split('\n')
    .slice(0, 8)
    .join('\n    ')
}

const runStep = async ({ block, does }: Step): Promise<void> => {
  const code = withRealAddresses(block.code, plan.services)
  const from = output.length
  const needs = needsOf(block)
  if (needs.includes('config')) writeFile('f2f.config.json', configuration())
  if (needs.includes('page')) openWindow()
  if (does === 'module') await runModule(block, code)
  else if (does === 'shell') await shells.run(block, code)
  else readData(block, code)
  await output.waitFor(promisedOutput(block.code), from)
  if (rejections.length > 0) throw rejections.shift()
}

const runAll = async (): Promise<PageReport> => {
  rmSync(plan.folder, { recursive: true, force: true })
  mkdirSync(plan.folder, { recursive: true })
  process.chdir(plan.folder)
  process.env.F2F_DOCS_PORTS = join(plan.folder, '.ports')
  const simulator = await openSimulator()
  writeKeys(simulator)
  output.capture()
  const problems: string[] = []
  for (const step of plan.steps) {
    try {
      await runStep(step)
    } catch (problem) {
      problems.push(`${plan.file}:${step.block.line} ${inWords(problem)}`)
    }
  }
  await shells.stopAll()
  return [...problems, ...rejections.map((each) => `${plan.file} ${inWords(each)}`)]
}

const report = await runAll().catch((problem: unknown): PageReport => [`${plan.file} ${inWords(problem)}`])
process.send?.(report, () => process.exit(0))
