import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Nothing but the page's own files, and its own back end to talk to. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const GUARDS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), hid=(self)',
}

interface File {
  readonly bytes: Buffer
  readonly headers: Readonly<Record<string, string>>
}

const fileAt = (path: string): File => ({
  bytes: readFileSync(path),
  headers: {
    ...GUARDS,
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    // The name of an asset changes with its content; the page itself is asked for each time.
    'cache-control': extname(path) === '.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
  },
})

/** Answers requests for the page's files; false when the request is for somebody else. */
export type PageListener = (req: IncomingMessage, res: ServerResponse) => boolean

/**
 * Serves the built page. All files are read once and found by their exact path, so no request can lead to another file.
 *
 * @param folder - where `vite build` put the page
 * @throws Error of Node when it is not there
 */
export const servePage = (folder: string): PageListener => {
  const files = new Map<string, File>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, path).split(sep).join('/')}`, fileAt(path))
  }
  const page = files.get('/index.html')
  if (page === undefined) throw new Error(`There is no page in ${folder}: build it first.`)
  files.set('/', page)

  return (req, res) => {
    const file = files.get((req.url ?? '').split('?', 1)[0] ?? '')
    if (file === undefined || (req.method !== 'GET' && req.method !== 'HEAD')) return false
    res.writeHead(200, { ...file.headers, 'content-length': file.bytes.length })
    res.end(req.method === 'HEAD' ? undefined : file.bytes)
    return true
  }
}
