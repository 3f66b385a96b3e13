/** Writes the API reference of every published entry into `docs/api`, from TSDoc. Fails on anything TypeDoc warns of. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Application, type ProjectReflection } from 'typedoc'
import { DOCS, ROOT } from '../check/documents.ts'

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
}

/** Entries as they are imported (`@f2f/core/http`), by their source files. */
const entries = (): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const path of globSync('packages/*/package.json', { cwd: ROOT }).sort()) {
    const manifest = JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Manifest
    if (manifest.private === true) continue
    for (const entry of Object.keys(manifest.exports ?? {})) {
      const source = join(ROOT, path, '../src', entry, 'index.ts')
      if (existsSync(source)) found.set(source, `${manifest.name}${entry.slice(1)}`)
    }
  }
  return found
}

/** Modules under the names they are imported by, instead of those of their files. */
const nameModules = (project: ProjectReflection, names: ReadonlyMap<string, string>): void => {
  for (const module of project.children ?? []) {
    const name = names.get(join(ROOT, 'packages', module.name, 'index.ts'))
    if (name === undefined) throw new Error(`${module.name} is no published entry`)
    module.name = name
  }
}

const names = entries()
const app = await Application.bootstrapWithPlugins({
  plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
  entryPoints: [...names.keys()],
  tsconfig: join(DOCS, 'tsconfig.api.json'),
  // Types are checked by `pnpm typecheck`.
  skipErrorChecking: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  disableSources: true,
  readme: 'none',
  name: 'API',
  // What an entry takes from another one of this workspace is described there, and what it keeps to itself nowhere.
  validation: {
    notExported: false,
    invalidLink: true,
    invalidPath: true,
    rewrittenLink: true,
    unusedMergeModuleWith: true,
  },
  ...({
    out: join(DOCS, 'api'),
    docsRoot: DOCS,
    hideBreadcrumbs: true,
    hidePageHeader: true,
    entryFileName: 'index',
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
    sidebar: { pretty: true },
  } as object),
})
const project = await app.convert()
if (project === undefined) throw new Error('TypeDoc made nothing')
nameModules(project, names)
app.validate(project)
await app.generateOutputs(project)
console.log(`api: ${names.size} entries, ${app.logger.warningCount} warnings`)
process.exitCode = app.logger.hasErrors() || app.logger.hasWarnings() ? 1 : 0
