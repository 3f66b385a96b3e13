/** Which SQL a database speaks. MariaDB speaks `mysql`. */
export type DialectName = 'sqlite' | 'postgres' | 'mysql'

/** How a database is called in messages. */
export const DATABASE: Readonly<Record<DialectName, string>> = {
  sqlite: 'SQLite',
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
}
