import { findMysql, findPostgres } from '@f2f/test-services'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
    /** Empty when there is no such server. */
    mysqlUrl: string
  }
}

/** Finds the servers once for all test files. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const [postgres, mysql] = await Promise.all([findPostgres(), findMysql()])
  console.log(`tests use ${[postgres, mysql].flatMap((server) => server?.name ?? []).join(' and ')}`)
  if (mysql === undefined) {
    console.log('NOT RUN: everything on MySQL and MariaDB. Set F2F_MYSQL_URL, or start one on 127.0.0.1:3306.')
  }
  project.provide('postgresUrl', postgres.url)
  project.provide('mysqlUrl', mysql?.url ?? '')
  return () => postgres.stop()
}
