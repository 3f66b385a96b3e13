import { isSettled, type PaymentStatus } from '@f2f/core'
import type { Edge } from './explore.ts'
import { code, generated, table } from './markdown.ts'
import { EVENT_WORDS, type Language, REASON_WORDS, STATUS_WORDS } from './words/states.ts'

const HEADS = {
  en: {
    statuses: ['status', 'means', 'money', 'end', 'next'],
    yes: 'yes',
    changes: ['from', 'to', 'when'],
    reasons: ['reason', 'why it is cancelled'],
  },
  zh: {
    statuses: ['状态', '含义', '钱', '终态', '之后'],
    yes: '是',
    changes: ['从', '到', '何时'],
    reasons: ['原因', '为什么撤销'],
  },
} as const

const STATUSES = Object.keys(STATUS_WORDS) as PaymentStatus[]

const next = (edges: readonly Edge[], status: PaymentStatus): string =>
  edges
    .filter(({ from }) => from === status)
    .map(({ to }) => code(to))
    .join(' ') || '–'

export const statusTable = (edges: readonly Edge[], language: Language): string =>
  generated(
    table(
      HEADS[language].statuses,
      STATUSES.map((status) => {
        const { means, money } = STATUS_WORDS[status]
        const end = isSettled({ status }) ? HEADS[language].yes : ''
        return [code(status), means[language], money[language], end, next(edges, status)]
      }),
    ),
  )

export const changeTable = (edges: readonly Edge[], language: Language): string =>
  generated(
    table(
      HEADS[language].changes,
      [...edges]
        .sort((a, b) => STATUSES.indexOf(a.from) - STATUSES.indexOf(b.from))
        .map(({ from, to, events }) => [
          code(from),
          code(to),
          events.map((event) => EVENT_WORDS[event][language]).join(language === 'en' ? '; ' : '；'),
        ]),
    ),
  )

export const reasonTable = (language: Language): string =>
  generated(
    table(
      HEADS[language].reasons,
      Object.entries(REASON_WORDS).map(([reason, words]) => [code(reason), words[language]]),
    ),
  )
