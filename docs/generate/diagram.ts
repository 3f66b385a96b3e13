import { isSettled, type PaymentStatus } from '@f2f/core'
import { Graphviz } from '@hpcc-js/wasm-graphviz'
import type { Edge } from './explore.ts'
import { EVENT_WORDS, type Language } from './words/states.ts'

export type Shade = 'light' | 'dark'

interface Colours {
  readonly ink: string
  readonly line: string
  readonly open: string
  readonly ends: Readonly<Partial<Record<PaymentStatus, string>>>
}

const COLOURS: Readonly<Record<Shade, Colours>> = {
  light: {
    ink: '#24292f',
    line: '#6e7781',
    open: '#ddf4ff',
    ends: { paid: '#dafbe1', failed: '#ffebe9', closed: '#eaeef2', reversed: '#fff8c5' },
  },
  dark: {
    ink: '#e6edf3',
    line: '#8b949e',
    open: '#0c2d6b',
    ends: { paid: '#033a16', failed: '#67060c', closed: '#30363d', reversed: '#4b2900' },
  },
}

const node = (status: PaymentStatus, { open, ends, line }: Colours): string => {
  const shape = isSettled({ status }) ? 'peripheries=2' : ''
  return `${status} [fillcolor="${ends[status] ?? open}" color="${line}" ${shape}]`
}

const arrow = ({ from, to, events }: Edge, language: Language): string =>
  `${from} -> ${to} [label="${events.map((event) => `${EVENT_WORDS[event][language]}   \\l`).join('')}"]`

const graph = (edges: readonly Edge[], language: Language, colours: Colours): string => {
  const statuses = [...new Set(edges.flatMap(({ from, to }) => [from, to]))]
  const font = `fontname="Helvetica,Arial,sans-serif" fontcolor="${colours.ink}"`
  return `digraph payment {
    bgcolor=transparent; rankdir=TB; nodesep=0.9; ranksep=0.5; pad=0.4
    node [${font} shape=box style="rounded,filled" fontsize=14 margin="0.2,0.1"]
    edge [${font} color="${colours.line}" fontsize=11]
    ${statuses.map((status) => node(status, colours)).join('\n    ')}
    { rank=sink; paid; failed; closed; reversed }
    ${edges.map((edge) => arrow(edge, language)).join('\n    ')}
  }`
}

/** The payment machine as a picture without a background. */
export const drawMachine = async (edges: readonly Edge[], language: Language, shade: Shade): Promise<string> => {
  const graphviz = await Graphviz.load()
  const svg = graphviz.dot(graph(edges, language, COLOURS[shade]))
  return svg.slice(svg.indexOf('<svg')).replace(/<!--.*?-->\n?/gs, '')
}
