import { describe, expect, test } from 'vitest'
import { readSettings } from '../src/settings.ts'

const ALIPAY = { ALIPAY_APP_ID: '2021', ALIPAY_PRIVATE_KEY: 'private', ALIPAY_PUBLIC_KEY: 'public' }

describe('what the environment says', () => {
  test('nothing: SQLite, the simulator, and notifications to this machine', () => {
    expect(readSettings({ PORT: '', REDIS_URL: '' })).toEqual({
      port: 3000,
      alipay: undefined,
      notifyUrl: 'http://127.0.0.1:3000/pay/notify',
      databaseFile: 'payments.db',
      databaseUrl: undefined,
      redisUrl: undefined,
      tokenKey: undefined,
    })
  })

  test('a real Alipay is the sandbox unless told otherwise, and does not notify this machine', () => {
    const { alipay, notifyUrl } = readSettings(ALIPAY)
    expect(alipay).toEqual({ appId: '2021', privateKey: 'private', alipayPublicKey: 'public', gateway: 'sandbox' })
    expect(notifyUrl).toBeUndefined()
    expect(readSettings({ ...ALIPAY, ALIPAY_GATEWAY: 'production' }).alipay?.gateway).toBe('production')
  })

  test('a public address is where notifications go', () => {
    expect(readSettings({ ...ALIPAY, PUBLIC_URL: 'https://shop.example' }).notifyUrl).toBe(
      'https://shop.example/pay/notify',
    )
  })

  test('a port of any kind has no address yet to be notified at', () => {
    expect(readSettings({ PORT: '0' })).toMatchObject({ port: 0, notifyUrl: undefined })
  })

  test('a database, a queue and a key', () => {
    const environment = { DATABASE_URL: 'postgres://db/shop', REDIS_URL: 'redis://q', TOKEN_KEY: '{"kid":"k1"}' }
    expect(readSettings(environment)).toMatchObject({
      databaseUrl: 'postgres://db/shop',
      redisUrl: 'redis://q',
      tokenKey: { kid: 'k1' },
    })
  })
})

test.each([
  ['PORT', { PORT: 'secret' }],
  ['PORT', { PORT: '65536' }],
  ['PORT', { PORT: '-1' }],
  ['TOKEN_KEY', { TOKEN_KEY: 'secret' }],
  ['ALIPAY_PRIVATE_KEY', { ALIPAY_APP_ID: '2021', ALIPAY_PUBLIC_KEY: 'secret' }],
  ['ALIPAY_PUBLIC_KEY', { ALIPAY_APP_ID: '2021', ALIPAY_PRIVATE_KEY: 'secret' }],
])('%s that is wrong or missing is named, without a value (%o)', (name, environment) => {
  expect(() => readSettings(environment)).toThrow(name)
  expect(() => readSettings(environment)).not.toThrow('secret')
})
