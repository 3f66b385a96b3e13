import { join } from 'node:path'
import ts from 'typescript'
import { METRICS, type MetricName } from '../../packages/opentelemetry/src/instruments.ts'
import { ROOT } from '../check/documents.ts'
import { code, generated, table } from './markdown.ts'
import { documentation, parseSource } from './typescript.ts'
import { CHANNEL_WORDS, METRIC_WORDS } from './words/signals.ts'
import type { Language } from './words/states.ts'

const MESSAGES = 'packages/core/src/diagnostics/messages.ts'

interface ChannelSource {
  readonly channel: string
  readonly about: string
  readonly fields: readonly string[]
  readonly result: readonly string[]
}

const memberNames = (node: ts.Node): readonly string[] =>
  ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)
    ? node.members.map((member) => member.name?.getText() ?? '')
    : []

/** What `Traced<…>` is of: the members of a result. */
const resultOf = (node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration): readonly string[] => {
  const traced = ts.isInterfaceDeclaration(node) ? node.heritageClauses?.[0]?.types[0]?.typeArguments : undefined
  const alias =
    !ts.isInterfaceDeclaration(node) && ts.isTypeReferenceNode(node.type) ? node.type.typeArguments : undefined
  const [result] = traced ?? alias ?? []
  return result === undefined ? [] : memberNames(result)
}

/** The channels, as the comments of their messages begin with their names. */
const channels = (): readonly ChannelSource[] =>
  parseSource(join(ROOT, MESSAGES)).statements.flatMap((statement) => {
    if (!ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement)) return []
    const [, channel, about] = /^`(f2f:\w+)`: (.+)$/s.exec(documentation(statement) ?? '') ?? []
    if (channel === undefined || about === undefined) return []
    return [{ channel, about, fields: memberNames(statement), result: resultOf(statement) }]
  })

const HEADS = {
  en: { channels: ['channel', 'what', 'message', '`result`'], metrics: ['metric', 'unit', 'what'] },
  zh: { channels: ['通道', '内容', '消息字段', '`result`'], metrics: ['指标', '单位', '含义'] },
} as const

const chineseChannel = (channel: string): string => {
  const words = CHANNEL_WORDS[channel]
  if (words === undefined) throw new Error(`docs/generate/words/signals.ts has no Chinese words for ${channel}`)
  return words
}

export const channelTable = (language: Language): string =>
  generated(
    table(
      HEADS[language].channels,
      channels().map(({ channel, about, fields, result }) => [
        code(channel),
        language === 'en' ? about : chineseChannel(channel),
        fields.map(code).join(' ') || '–',
        result.map(code).join(' ') || '–',
      ]),
    ),
  )

export const metricTable = (language: Language): string =>
  generated(
    table(
      HEADS[language].metrics,
      (Object.keys(METRICS) as MetricName[]).map((name) => {
        const { unit, description } = METRICS[name]
        return [code(name), code(unit), language === 'en' ? description : METRIC_WORDS[name]]
      }),
    ),
  )
