import { drawMachine, type Shade } from './diagram.ts'
import { errorTable } from './errors.ts'
import { exploreMachine } from './explore.ts'
import { routeTable } from './routes.ts'
import { channelTable, metricTable } from './signals.ts'
import { changeTable, reasonTable, statusTable } from './states.ts'
import type { Language } from './words/states.ts'

const LANGUAGES: readonly Language[] = ['en', 'zh']
const SHADES: readonly Shade[] = ['light', 'dark']

const ending = (language: Language): string => (language === 'en' ? '' : `.${language}`)

/** Every generated file by its name in `docs/generated`. */
export const generatedFiles = async (): Promise<ReadonlyMap<string, string>> => {
  const { edges } = exploreMachine()
  const files = new Map<string, string>()
  for (const language of LANGUAGES) {
    const end = ending(language)
    files.set(`statuses${end}.md`, statusTable(edges, language))
    files.set(`status-changes${end}.md`, changeTable(edges, language))
    files.set(`cancel-reasons${end}.md`, reasonTable(language))
    files.set(`error-codes${end}.md`, errorTable(language))
    files.set(`routes${end}.md`, routeTable(language))
    files.set(`channels${end}.md`, channelTable(language))
    files.set(`metrics${end}.md`, metricTable(language))
    for (const shade of SHADES) files.set(`states${end}.${shade}.svg`, await drawMachine(edges, language, shade))
  }
  return files
}
