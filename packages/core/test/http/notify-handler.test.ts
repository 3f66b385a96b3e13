import { describe, expect, test } from 'vitest'
import { createNotifyHandler, type NotifyHandlerOptions } from '../../src/http/index.ts'
import { F2fError, isF2fError, type Notification } from '../../src/index.ts'
import { httpShop } from '../../src/testing/index.ts'

const setUp = (onNotify: NotifyHandlerOptions['onNotify'] = () => undefined) => {
  const shop = httpShop()
  const taken: Notification[] = []
  const problems: unknown[] = []
  const handler = createNotifyHandler({
    alipay: shop.alipay,
    onNotify: async (notification) => {
      taken.push(notification)
      await onNotify(notification)
    },
    onProblem: (error) => problems.push(error),
    maxBodyBytes: 4_000,
  })
  const { signNotify } = shop.mountedAt('http://till', async () => undefined)
  const send = async (body: string, method = 'POST') => {
    const response = await handler(
      new Request('http://till/any/path?x=1', method === 'POST' ? { method, body } : { method }),
    )
    return [response.status, await response.text(), response.headers.get('content-type')]
  }
  return { taken, problems, send, signed: () => signNotify({ notify_id: 'N1', out_trade_no: 'T1', subject: '龙井' }) }
}

const SUCCESS = [200, 'success', 'text/plain']
const FAIL = [200, 'fail', 'text/plain']

describe('a handler of verified notifications', () => {
  test('hands over what Alipay signed, and answers success when it has been taken', async () => {
    let finish = (): void => undefined
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    const { send, signed, taken } = setUp(() => finished)
    const answered = send(await signed())
    let isAnswered = false
    void answered.then(() => {
      isAnswered = true
    })
    while (taken.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(isAnswered).toBe(false)
    finish()
    expect(await answered).toEqual(SUCCESS)
    expect(taken).toMatchObject([{ out_trade_no: 'T1', subject: '龙井' }])
  })

  test.each([
    ['an error', new Error('disk full')],
    ['an error of ours', new F2fError('STORE_UNAVAILABLE', 'It is down.')],
  ])('answers fail when taking it throws %s, and tells', async (_, error) => {
    const { send, signed, problems } = setUp(() => Promise.reject(error))
    expect(await send(await signed())).toEqual(FAIL)
    expect(problems).toEqual([error])
  })

  test.each([
    ['forged', 'NOTIFY_BAD_SIGNATURE', (body: string) => body.replace('N1', 'N2')],
    ['with a repeated member', 'NOTIFY_DUPLICATE_KEY', (body: string) => `${body}&notify_id=N2`],
    ['too long', 'HTTP_BODY_TOO_LARGE', (body: string) => `${body}&body=${'x'.repeat(4_000)}`],
    ['empty', 'NOTIFY_MALFORMED', () => ''],
  ])('answers fail to one that is %s, without handing it over', async (_, code, spoil) => {
    const { send, signed, taken, problems } = setUp()
    expect(await send(spoil(await signed()))).toEqual(FAIL)
    expect(taken).toEqual([])
    expect(problems.map((error) => isF2fError(error) && error.code)).toEqual([code])
  })

  test('takes nothing but posts', async () => {
    const { send } = setUp()
    const [status, text] = await send('', 'GET')
    expect([status, JSON.parse(String(text)).code]).toEqual([405, 'HTTP_METHOD_NOT_ALLOWED'])
  })

  test.each([
    ['alipay', { alipay: {} }],
    ['onNotify', { onNotify: undefined }],
    ['maxBodyBytes', { maxBodyBytes: -1 }],
  ])('is not made with a wrong %s', (_, wrong) => {
    const options = {
      alipay: httpShop().alipay,
      onNotify: () => undefined,
      ...wrong,
    } as unknown as NotifyHandlerOptions
    expect(() => createNotifyHandler(options)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  })
})
