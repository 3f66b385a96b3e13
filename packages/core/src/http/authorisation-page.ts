import { type F2fError, isF2fError } from '../errors.ts'
import { type Answer, answer, type Call, json } from './call.ts'

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  // The address holds a code: no other site may learn it from a link or an image.
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

const page = (chinese: string, english: string, code = ''): string =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${chinese}</title><h1>${chinese}</h1><p lang="en">${english}</p>${code && `<p><code>${code}</code></p>`}</html>`

const DONE = page('授权完成，可以关闭此页面。', 'Authorised. You can close this page.')

const failed = ({ code }: F2fError): string =>
  page('授权没有完成，请向服务商索取新的链接。', 'Not authorised. Ask your service provider for a new link.', code)

/** Programs say that they want JSON; whoever else comes here is a person with a browser. */
export const wantsJson = (call: Call): boolean => {
  const accept = call.header('accept') ?? ''
  return accept.includes('application/json') && !accept.includes('text/html')
}

/** What a merchant sees that came back. */
export const donePage = (call: Call): Answer =>
  wantsJson(call) ? json(200, { status: 'authorised' }) : answer(200, HEADERS, DONE)

/** The same when it has not worked; undefined when a problem is what should be answered. */
export const failedPage = (call: Call, error: unknown): Answer | undefined =>
  isF2fError(error) && !wantsJson(call) ? answer(error.status, HEADERS, failed(error)) : undefined
