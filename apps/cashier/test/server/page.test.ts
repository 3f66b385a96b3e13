import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { servePage } from '../../server/index.ts'

let folder = ''
let port = 0
const server = createServer((req, res) => {
  if (!page(req, res)) res.writeHead(404).end('elsewhere')
})
let page: ReturnType<typeof servePage>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'f2f-page-'))
  await mkdir(join(folder, 'page/assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(folder, 'page/index.html'), '<p>')
  await writeFile(join(folder, 'page/assets/a-1.js'), '1')
  page = servePage(join(folder, 'page'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

/** As it stands on the wire: `fetch` would resolve the dots. */
const ask = (target: string, method = 'GET'): Promise<string> =>
  new Promise((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`${method} ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
    )
    socket.on('data', (chunk) => {
      text += String(chunk)
    })
    socket.on('close', () => resolve(text))
  })

test('the page may load nothing from elsewhere and is asked for each time; assets are kept', async () => {
  const index = await ask('/?lang=zh')
  expect(index).toMatch(/^HTTP\/1.1 200/)
  expect(index).toMatch(/content-security-policy: default-src 'none'; script-src 'self';/)
  expect(index).not.toContain('unsafe')
  expect(index).toContain('cache-control: no-cache')
  expect(await ask('/assets/a-1.js')).toMatch(/text\/javascript[\s\S]*immutable/)
  expect(await ask('/', 'HEAD')).not.toContain('<p>')
})

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets',
  '//index.html',
  '/constructor',
])('%s leads nowhere', async (target) => {
  expect(await ask(target)).toMatch(/^HTTP\/1.1 404/)
})

test('what is not a reading is for somebody else', async () => {
  expect(await ask('/', 'POST')).toMatch(/^HTTP\/1.1 404/)
})

test('a page that was not built is an error that says so', async () => {
  await mkdir(join(folder, 'empty'))
  expect(() => servePage(join(folder, 'empty'))).toThrow(/build it first/)
})
