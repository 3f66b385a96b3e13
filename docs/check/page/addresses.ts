import { existsSync, readFileSync } from 'node:fs'

const LOCAL = /\b(127\.0\.0\.1|localhost):(\d+)/g
const DATABASE = /\b(postgres|mysql|redis):\/\/[^\s'"]+/g

const openPorts = (): ReadonlyMap<string, number> => {
  const { F2F_DOCS_PORTS = '' } = process.env
  if (!existsSync(F2F_DOCS_PORTS)) return new Map()
  const lines = readFileSync(F2F_DOCS_PORTS, 'utf8').trim().split('\n')
  return new Map(
    lines.map((line) => {
      const [written, actual] = JSON.parse(line) as [number, number]
      return [String(written), actual]
    }),
  )
}

/** The block with the ports that its servers really have, and the databases that are really here. */
export const withRealAddresses = (code: string, services: Readonly<Record<string, string>>): string => {
  const ports = openPorts()
  return code
    .replace(DATABASE, (written, scheme: string) => services[scheme] ?? written)
    .replace(LOCAL, (written, host: string, port: string) => (ports.has(port) ? `${host}:${ports.get(port)}` : written))
}
