import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../src/commands/index.ts'
import { EXIT_TEXTS } from '../src/exit.ts'
import { temporaryFolder } from './support/shop.ts'
import { f2f } from './support/terminal.ts'

const cwd = '/'
const HAN = /\p{Script=Han}/u
const names = COMMANDS.map(({ name }) => name)

describe.each(names)('help of %s', (name) => {
  test.each([
    ['zh', 'f2f '],
    ['en', 'f2f '],
  ])('in %s', async (lang) => {
    const { exit, stdout, stderr } = await f2f([...name.split(' '), '--help', '--lang', lang], { cwd })
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(stdout).toContain(`f2f ${name}`)
    expect(stdout.split('\n')[0]).toMatch(lang === 'zh' ? HAN : /: [\p{ASCII}]{20}/u)
    expect(stdout).toContain('--json')
  })

  test('every option and argument is explained in both languages', () => {
    const command = COMMANDS.find((one) => one.name === name)
    const texts = [...Object.values(command?.options ?? {}), ...(command?.arguments ?? [])].map(({ about }) => about)
    for (const { zh, en } of texts) expect([zh, en].every((words) => words.length > 0)).toBe(true)
    expect(command?.examples.every((example) => example.includes(`f2f ${name}`))).toBe(true)
  })
})

describe('f2f itself', () => {
  test.each([
    [{ LANG: 'zh_CN.UTF-8' }, HAN],
    [{ LANG: 'en_GB.UTF-8' }, /^f2f: Alipay/],
    [{ LC_ALL: 'zh_TW', LANG: 'en_GB' }, HAN],
    [{ LC_ALL: 'C', LANG: 'zh_CN' }, /^f2f: Alipay/],
    [{ F2F_LANG: 'zh', LC_ALL: 'C' }, HAN],
    [{}, /^f2f: Alipay/],
  ])('takes its language from %o', async (env, pattern) => {
    const { exit, stdout } = await f2f(['--help'], { cwd, env })
    expect(exit).toBe(0)
    expect(stdout.split('\n')[0]).toMatch(pattern)
    for (const name of names) expect(stdout).toContain(`  ${name} `)
    for (const [code] of EXIT_TEXTS) expect(stdout).toContain(`  ${code} `)
  })

  test('the configuration’s language goes before the locale, behind F2F_LANG and --lang', async () => {
    const path = join(temporaryFolder(), 'lang.json')
    writeFileSync(path, '{ "lang": "zh" }')
    const first = async (line: string[], env: Record<string, string>) =>
      (await f2f(['--help', ...line], { cwd, env: { LANG: 'en_GB', ...env } })).stdout.split('\n')[0]
    expect(await first(['--config', path], {})).toMatch(HAN)
    expect(await first([], { F2F_CONFIG: path })).toMatch(HAN)
    expect(await first([], { F2F_CONFIG: path, F2F_LANG: 'en' })).toMatch(/^f2f: Alipay/)
    expect(await first([`--config=${path}`, '--lang', 'en'], {})).toMatch(/^f2f: Alipay/)
  })

  test('--lang goes before the environment', async () => {
    const { stdout } = await f2f(['--help', '--lang=en'], { cwd, env: { F2F_LANG: 'zh' } })
    expect(stdout).toMatch(/^f2f: Alipay/)
  })

  test('a group shows its own commands', async () => {
    const { exit, stdout } = await f2f(['keys', '--help'], { cwd })
    expect(exit).toBe(0)
    expect(stdout).toContain('keys convert')
    expect(stdout).not.toContain('reconcile')
  })

  test('f2f help with a command is the help of that command', async () => {
    for (const name of ['pay', 'keys', 'keys new'])
      expect(await f2f(['help', ...name.split(' ')], { cwd })).toEqual(
        await f2f([...name.split(' '), '--help'], { cwd }),
      )
    expect(await f2f(['help', 'nope'], { cwd })).toMatchObject({ exit: 2, stdout: '' })
  })

  test('without a command it shows the help as a problem', async () => {
    const { exit, stdout, stderr } = await f2f([], { cwd })
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
    expect(stderr).toContain('Usage')
  })

  test('help and version as JSON', async () => {
    expect(Object.keys(JSON.parse((await f2f(['--help', '--json'], { cwd })).stdout))).toEqual(['help'])
    expect(JSON.parse((await f2f(['--version', '--json'], { cwd })).stdout).version).toMatch(/^\d+\.\d+\.\d+/)
  })
})

describe('wrong usage', () => {
  test.each([
    [['nope'], 'no such command'],
    [['pay'], '<amount> is missing'],
    [['pay', '1', '2'], 'Too many arguments'],
    [['pay', '1', '--nope'], 'no option --nope'],
    [['pay', '-1'], 'no option -1'],
    [['pay', '1', '--subject'], '--subject needs a value'],
    [['pay', '1', '--subject', '--json'], '--subject needs a value'],
    [['list', '--unfinished=yes'], 'takes no value'],
    [['pay', '1', '--auth-code=280000000000000000'], 'secrets are never flags'],
    [['pay', '1', '--private-key', 'MIIE'], 'secrets are never flags'],
    [['list', '--lang', 'fr'], '--lang is zh or en'],
    [['list', '--limit', 'many'], '--limit is a whole number'],
    [['list', '--status', 'gone'], '--status is some of'],
    [['list', '--day', '2026-02-30'], 'A day is yyyy-MM-dd'],
    [['bill', 'yesterday'], 'The date is'],
    [['bill', '2026-13-01'], 'The date is'],
    [['reconcile', '2026-13'], 'The date is'],
    [['bill', '2026-01-01', '--type', 'x'], '--type is trade'],
  ])('%j', async (line, words) => {
    const text = await f2f(line, { cwd })
    expect({ exit: text.exit, stdout: text.stdout }).toEqual({ exit: 2, stdout: '' })
    expect(text.stderr).toContain(words)
    const json = await f2f([...line, '--json'], { cwd })
    expect({ exit: json.exit, stdout: json.stdout }).toEqual({ exit: 2, stdout: '' })
    expect(JSON.parse(json.stderr).error).toMatchObject({ code: 'USAGE', exitCode: 2, moneyMayHaveMoved: false })
    for (const value of ['280000000000000000', 'MIIE']) expect(text.stderr + json.stderr).not.toContain(value)
  })

  test('is told in Chinese when asked so', async () => {
    expect((await f2f(['pay', '--lang', 'zh'], { cwd })).stderr).toContain('缺少参数')
  })
})

describe('colours', () => {
  const ESCAPE = '\u001B['
  test.each([
    [{ isTTY: true }, true],
    [{ isTTY: false }, false],
    [{ isTTY: true, env: { NO_COLOR: '1' } }, false],
    [{ isTTY: true, env: { TERM: 'dumb' } }, false],
  ])('%o', async (surroundings, coloured) => {
    const { stderr } = await f2f(['pay'], { cwd, ...surroundings })
    expect(stderr.includes(ESCAPE)).toBe(coloured)
  })

  test('not with --no-color', async () => {
    expect((await f2f(['pay', '--no-color'], { cwd, isTTY: true })).stderr).not.toContain(ESCAPE)
  })
})

test('the README has every exit code and every command', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  for (const [code, { en }] of EXIT_TEXTS)
    expect(readme).toMatch(new RegExp(`^\\| ${code} \\| ${en.slice(0, 12)}`, 'm'))
  for (const name of names) expect(readme).toContain(`\`${name}`)
})
