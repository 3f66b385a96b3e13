import type { Growth } from '../growth.ts'
import { NOTES, type Note } from '../notes.ts'
import { type CaseResult, meets, type Report, type Role, type Target } from '../report.ts'
import { figure, spread, spreadText } from '../stats.ts'
import { drawChart } from './chart.ts'
import { inChinese } from './names-zh.ts'
import { type Language, WORDS, type Words } from './words.ts'

/** Files of the documentation: path below `docs` → content. */
export type Pages = ReadonlyMap<string, string>

const LANGUAGES: readonly Language[] = ['en', 'zh']
const PATHS: Readonly<Record<Language, string>> = { en: 'performance.md', zh: 'zh/performance.md' }
/** From the page's folder to the charts'. */
const CHARTS: Readonly<Record<Language, string>> = { en: './performance/', zh: '../performance/' }

const chartFile = (id: string, language: Language): string =>
  language === 'en' ? `${id}.svg` : `${id}.${language}.svg`

const nameIn = (language: Language) => (language === 'zh' ? inChinese : (name: string) => name)

const noteOf = (id: string, language: Language): Note => {
  const note = NOTES[id]?.[language]
  if (note === undefined) throw new Error(`no note on ${id}`)
  return note
}

const cell = (text: string): string => text.replaceAll('|', '\\|')
const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`

const range = (samples: readonly number[]): string => {
  const { lowest, highest } = spread(samples)
  return samples.length < 2 ? '' : `${figure(lowest)}–${figure(highest)}`
}

const targetText = ({ atLeast, atMost }: Target, words: Words): string =>
  atLeast === undefined ? `${words.atMost} ${figure(atMost ?? Number.NaN)}` : `${words.atLeast} ${figure(atLeast)}`

const outcomeText = (samples: readonly number[], target: Target | undefined, words: Words): string => {
  if (target === undefined) return words.noTarget
  return `${words.target} ${targetText(target, words)}: ${meets(spread(samples), target) ? words.met : words.missed}`
}

const roleOf = (role: Role | undefined, unit: string, words: Words): string => {
  if (role !== undefined) return words.roles[role]
  return unit === '' ? words.roles.ratio : ''
}

const tableOf = ({ rows, verdict }: CaseResult, language: Language): readonly string[] => {
  const words = WORDS[language]
  const inWords = nameIn(language)
  const figures = rows.map(({ name, unit, samples, role }) =>
    line([roleOf(role, unit, words), inWords(name), figure(spread(samples).median), range(samples), inWords(unit)]),
  )
  const outcome =
    verdict === undefined
      ? []
      : [
          line([
            '',
            `**${inWords(verdict.name)}**`,
            `**${figure(spread(verdict.samples).median)}**`,
            range(verdict.samples),
            outcomeText(verdict.samples, verdict.target, words),
          ]),
        ]
  return [line(words.head), '|---|---|---:|---:|---|', ...figures, ...outcome]
}

const countsOf = ([head, ...rest]: readonly (readonly string[])[] = []): readonly string[] =>
  head === undefined ? [] : [line(head), `|${'---|'.repeat(head.length)}`, ...rest.map(line), '']

/** The chart's lines in words, for those who cannot see it. */
const growthInWords = ({ lines }: Growth, inWords: (name: string) => string): string =>
  lines
    .map(({ name, points }) => {
      const figures = points.map(({ size, samples }) => `${figure(size)}: ${spreadText(spread(samples))}`)
      return `${inWords(name)}: ${figures.join('; ')}`
    })
    .join('. ')

const chartOf = (id: string, growth: Growth, language: Language): string => {
  const inWords = nameIn(language)
  const [work, cost] = [inWords(growth.work), inWords(growth.cost)]
  return drawChart({
    id: `growth-${id}`,
    title: WORDS[language].by(cost, work),
    description: growthInWords(growth, inWords),
    xLabel: work,
    yLabel: cost,
    lines: growth.lines.map(({ name, role, points }) => ({
      name: inWords(name),
      isLimit: role === 'limit',
      points: points.map(({ size, samples }) => ({ x: size, y: spread(samples).median })),
    })),
  })
}

const sectionOf = (result: CaseResult, language: Language): readonly string[] => {
  const words = WORDS[language]
  const note = noteOf(result.id, language)
  const { id, growth } = result
  const heading = [`## ${note.question}`, '']
  if (result.rows.length === 0 && result.verdict === undefined) return [...heading, words.notRun, result.how, '']
  const inWords = nameIn(language)
  const picture =
    growth === undefined
      ? []
      : [
          `![${words.growth}: ${words.by(inWords(growth.cost), inWords(growth.work))}](${CHARTS[language]}${chartFile(id, language)})`,
          '',
        ]
  return [
    ...heading,
    `**${words.how}** (\`pnpm bench ${id}\`). ${note.how ?? result.how}`,
    '',
    ...countsOf(result.table),
    ...tableOf(result, language),
    '',
    ...picture,
    `**${words.bounds}.** ${note.bounds}`,
    '',
    ...(note.profile === undefined ? [] : [`**${words.profile}.** ${note.profile}`, '']),
  ]
}

const summaryOf = (results: readonly CaseResult[], language: Language): readonly string[] => {
  const words = WORDS[language]
  const lines = results.flatMap(({ id, verdict }) => {
    if (verdict === undefined) return []
    const { median } = spread(verdict.samples)
    const said = `${nameIn(language)(verdict.name)}: ${figure(median)}`
    if (verdict.target === undefined) return [line([noteOf(id, language).question, said, words.noTarget, ''])]
    const outcome = meets(spread(verdict.samples), verdict.target) ? words.met : words.missed
    return [line([noteOf(id, language).question, said, targetText(verdict.target, words), outcome])]
  })
  return [words.summary, '|---|---|---|---|', ...lines, '']
}

const pageOf = ({ at, machine, results }: Report, language: Language): string => {
  const words = WORDS[language]
  const { cpu, cores, memoryGiB, system, node, nodeOpenssl } = machine
  const rounds = Math.max(0, ...results.flatMap(({ rows }) => rows.map(({ samples }) => samples.length)))
  return [
    words.title,
    '',
    words.intro(at.slice(0, 10), rounds),
    '',
    `**${words.machine}**: ${cpu}, ${cores} ${words.cores}, ${memoryGiB} ${words.memory}, ${system}, Node.js ${node}, OpenSSL ${nodeOpenssl}.`,
    '',
    ...summaryOf(results, language),
    ...results.flatMap((result) => sectionOf(result, language)),
  ].join('\n')
}

/** The documentation's pages about one run, with their charts. */
export const pagesOf = (report: Report): Pages =>
  new Map(
    LANGUAGES.flatMap((language) => [
      [PATHS[language], pageOf(report, language)] as const,
      ...report.results.flatMap(({ id, growth }) =>
        growth === undefined
          ? []
          : [[`performance/${chartFile(id, language)}`, chartOf(id, growth, language)] as const],
      ),
    ]),
  )
