import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, type WorkspacePackage } from './workspace.ts'

/** What vitest's JSON reporter writes, as far as it is read here. */
interface VitestReport {
  readonly success: boolean
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

export interface PackageResult {
  readonly name: string
  readonly passed: number
  readonly failed: number
  /** Full names of the tests that were skipped or only planned. */
  readonly notRun: readonly string[]
}

const resultFile = (dir: string): string => join(ROOT, dir, '.artifacts/test.json')

/** Forgets earlier results, so that a package whose tests do not start cannot count as tested. */
export const forgetResults = (packages: readonly WorkspacePackage[]): void => {
  for (const { dir } of packages) rmSync(resultFile(dir), { force: true })
}

/** Counts one report. A file that could not be loaded, or a run that failed without a failed test, is one failure. */
export const countReport = (name: string, report: VitestReport): PackageResult => {
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  const passed = tests.filter(({ status }) => status === 'passed').length
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  ).length
  const failed = tests.filter(({ status }) => status === 'failed').length + brokenFiles
  const notRun = tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map((test) => test.fullName)
  return { name, passed, failed: failed === 0 && !report.success ? 1 : failed, notRun }
}

/** The result of each package. A package without a report is one failure: its tests did not run. */
export const readResults = (packages: readonly WorkspacePackage[]): readonly PackageResult[] =>
  packages.map(({ dir, manifest: { name } }) => {
    const file = resultFile(dir)
    if (!existsSync(file)) return { name, passed: 0, failed: 1, notRun: ['(no result: the tests did not start)'] }
    return countReport(name, JSON.parse(readFileSync(file, 'utf8')) as VitestReport)
  })

/** A table of the packages, the tests that did not run, and last a line `N passed, N failed`. */
export const summary = (results: readonly PackageResult[]): string => {
  const sum = (of: (result: PackageResult) => number): number => results.reduce((total, one) => total + of(one), 0)
  const width = Math.max(...results.map(({ name }) => name.length))
  const rows = results.map(({ name, passed, failed }) => `  ${name.padEnd(width)}  ${passed} passed, ${failed} failed`)
  const notRun = results.flatMap(({ name, notRun }) => notRun.map((test) => `  not run: ${name} ${test}`))
  return [...rows, ...notRun, `${sum((one) => one.passed)} passed, ${sum((one) => one.failed)} failed`].join('\n')
}
