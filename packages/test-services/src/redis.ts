import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { freePort } from './free-port.ts'
import { nothingToStop, type TestServer } from './server.ts'

const answers = async (url: string, tries = 0): Promise<boolean> => {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: tries,
    retryStrategy: () => (tries > 0 ? 50 : null),
  })
  redis.on('error', () => undefined)
  try {
    return (await redis.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}

/** Starts the machine's `redis-server` on a port of its own, keeping nothing on disk. Undefined when there is none. */
export const startRedis = async (port?: number): Promise<TestServer | undefined> => {
  const own = port ?? (await freePort())
  const settings = ['--port', String(own), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', settings, { stdio: 'ignore' })
  const spawned = await Promise.race([once(server, 'spawn').then(() => true), once(server, 'error').then(() => false)])
  if (!spawned) return undefined
  const url = `redis://127.0.0.1:${own}`
  if (!(await answers(url, 100))) throw new Error('redis-server started but does not answer.')
  const stop = async (): Promise<void> => {
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }
  return { name: `Redis (redis-server, port ${own})`, url, stop }
}

/**
 * `F2F_REDIS_URL`, else a Redis on this machine, else one started here, else undefined.
 *
 * @throws Error when `F2F_REDIS_URL` is set and nothing answers there
 */
export const findRedis = async (): Promise<TestServer | undefined> => {
  const given = process.env.F2F_REDIS_URL
  if (given !== undefined) {
    if (!(await answers(given))) throw new Error('No Redis answers at F2F_REDIS_URL.')
    return { name: 'Redis (F2F_REDIS_URL)', url: given, stop: nothingToStop }
  }
  const url = 'redis://127.0.0.1:6379'
  return (await answers(url)) ? { name: 'Redis (127.0.0.1:6379)', url, stop: nothingToStop } : startRedis()
}
