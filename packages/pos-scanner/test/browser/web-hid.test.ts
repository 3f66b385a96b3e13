import { describe, expect, test } from 'vitest'
import { reportsOf } from '../helpers/hid-reports.ts'
import { hasBrowser, openTillPage, type TillPage } from './till-page.ts'

const CODE = '287612345678901234'
const LONG = `https://qr.alipay.com/${'0123456789'.repeat(12)}`

/** `navigator.hid` with one scanner, on the browser's own events. */
const FAKE_HID = `
  class Device extends EventTarget {
    opened = false
    vendorId = 0x05e0
    collections = [{ usagePage: 0x8c, usage: 2 }]
    async open() { this.opened = true }
    async close() { this.opened = false }
    async sendFeatureReport() {}
    report(reportId, bytes) {
      if (!this.opened) return
      const data = new DataView(Uint8Array.from(bytes).buffer)
      this.dispatchEvent(Object.assign(new Event('inputreport'), { reportId, data }))
    }
  }
  window.scanner = new Device()
  window.allowed = []
  window.hid = Object.assign(new EventTarget(), {
    getDevices: async () => allowed,
    async requestDevice({ filters }) {
      if (!navigator.userActivation.isActive) throw new DOMException('needs a click', 'SecurityError')
      window.filters = filters
      return (window.allowed = [scanner])
    },
  })
  window.plug = (type) => hid.dispatchEvent(Object.assign(new Event(type), { device: scanner }))
  Object.defineProperty(navigator, 'hid', { value: hid, configurable: true })
`

const openWithHid = async (): Promise<TillPage> => {
  const till = await openTillPage()
  await till.read(`(() => {${FAKE_HID}})()`)
  return till
}

const send = async (till: TillPage, text: string): Promise<void> => {
  for (const { number, bytes } of reportsOf(text)) await till.read(`scanner.report(${number}, [${[...bytes]}])`)
}

describe.runIf(hasBrowser)('WebHID in a browser, with a fake device', () => {
  test('a scanner chosen in a click is read, codes of several reports too', async () => {
    await using till = await openWithHid()
    await till.read('till.openHid()')
    await till.until("till.problems.join() === 'NOT_FOUND'")
    await till.page.click('#choose')
    await till.until('scanner.opened')
    expect(await till.read('filters')).toEqual([{ usagePage: 0x8c, usage: 2 }])
    await send(till, `]C0${CODE}`)
    await send(till, LONG)
    expect(await till.read('till.scans')).toEqual([
      { code: CODE, kind: 'alipay', source: 'hid-pos', aim: ']C0' },
      { code: LONG, kind: 'qr-text', source: 'hid-pos' },
    ])
  })

  test('a scanner that was allowed before needs no click, and is read again after it was unplugged', async () => {
    await using till = await openWithHid()
    await till.read('allowed.push(scanner)')
    await till.read('till.openHid()')
    await till.until('scanner.opened')
    await till.read("scanner.opened = false, plug('disconnect')")
    expect(await till.read('till.problems')).toEqual(['UNPLUGGED'])
    await till.read("plug('connect')")
    await till.until('scanner.opened')
    await send(till, CODE)
    expect(await till.read('till.scans')).toEqual([{ code: CODE, kind: 'alipay', source: 'hid-pos' }])
  })

  test('close lets the device go', async () => {
    await using till = await openWithHid()
    await till.read('allowed.push(scanner)')
    await till.read('till.openHid()')
    await till.until('scanner.opened')
    await till.read('till.close()')
    await till.until('!scanner.opened')
    await till.read("plug('connect')")
    expect(await till.read('scanner.opened')).toBe(false)
  })
})
