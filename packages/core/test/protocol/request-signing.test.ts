import { describe, expect, it } from 'vitest'
import { canonicalize } from '../../src/protocol/canonical.ts'
import { encodeText, parseCharset } from '../../src/protocol/charset.ts'
import { encodeForm, parseForm } from '../../src/protocol/form.ts'
import { sign, verify } from '../../src/protocol/signature.ts'
import { keys, type RequestVector, requestVectors } from './vectors.ts'

const charsetOf = ({ input }: RequestVector) => parseCharset(input.config.charset) ?? 'utf-8'

const rawForms = ({ expected: { http, output } }: RequestVector): string[] => {
  if (http !== undefined) return [http.rawQuery, http.rawBody].filter((form) => form !== '')
  return [(output ?? '').replace(/^.*\?/, '')]
}

const sentParams = (vector: RequestVector): Record<string, string> =>
  Object.fromEntries(rawForms(vector).flatMap((form) => [...parseForm(form, charsetOf(vector))]))

/** `name=` members: the npm package signs and sends them, the documents and Java drop them. */
const withoutEmpty = (canonical: string): string => canonical.replace(/&\w+=\s*(?=&|$)/g, '')

const sentRequests = requestVectors.filter(({ expected }) => expected.canonical !== undefined)

describe.each(sentRequests)('official request $name', (vector) => {
  const { input, expected } = vector
  const officialText = expected.canonical ?? ''

  it('has the canonical text we make of its parameters', () => {
    const canonical = canonicalize(sentParams(vector))
    expect(canonical).toBe(expected.divergesFromDocs ? withoutEmpty(officialText) : officialText)
    if (expected.canonicalBytesHex !== undefined) {
      expect(Buffer.from(encodeText(canonical, charsetOf(vector))).toString('hex')).toBe(expected.canonicalBytesHex)
    }
  })

  it('has the signature we make of its canonical text', async () => {
    const options = { signType: input.config.signType, charset: charsetOf(vector) }
    const signature = await sign(officialText, keys[input.key][input.keyForm], options)
    expect(signature).toBe(expected.sign ?? sentParams(vector).sign)
    expect(await verify(officialText, signature, keys[input.key].spkiBare, options)).toBe(true)
  })
})

describe.each(requestVectors.filter(({ expected }) => expected.http))('official request $name', (vector) => {
  it('is sent byte for byte as our form encoder writes it', () => {
    for (const form of rawForms(vector)) {
      expect(encodeForm(parseForm(form, charsetOf(vector)), charsetOf(vector))).toBe(form)
    }
  })
})

it('drops a null parameter, where the official package throws', () => {
  const [vector] = requestVectors.filter(({ name }) => name === 'sign_null_top_level')
  const { timestamp, notify_url } = vector?.input.params ?? {}
  expect(notify_url).toBe(null)
  expect(canonicalize({ timestamp: String(timestamp), notify_url: null })).toBe(`timestamp=${timestamp}`)
})

it('has vectors in which the official package departs from the documents', () => {
  expect(requestVectors.filter(({ expected }) => expected.divergesFromDocs)).not.toEqual([])
})
