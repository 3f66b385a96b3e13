import mysql from 'mysql2/promise'
import { nothingToStop, type TestServer } from './server.ts'

const answersMysql = async (uri: string): Promise<boolean> => {
  try {
    const connection = await mysql.createConnection({ uri, connectTimeout: 2_000 })
    await connection.end()
    return true
  } catch {
    return false
  }
}

/**
 * `F2F_MYSQL_URL`, else a MySQL or MariaDB on this machine, else undefined.
 *
 * @throws Error when `F2F_MYSQL_URL` is set and nothing answers there
 */
export const findMysql = async (): Promise<TestServer | undefined> => {
  const given = process.env.F2F_MYSQL_URL
  if (given !== undefined) {
    if (!(await answersMysql(given))) throw new Error('No MySQL or MariaDB answers at F2F_MYSQL_URL.')
    return { name: 'MySQL (F2F_MYSQL_URL)', url: given, stop: nothingToStop }
  }
  const url = 'mysql://root@127.0.0.1:3306/mysql'
  return (await answersMysql(url)) ? { name: 'MySQL (127.0.0.1:3306)', url, stop: nothingToStop } : undefined
}
