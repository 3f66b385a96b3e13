import type { Hid, HidDevice } from '../../src/hid/web-hid.ts'
import { CountingTarget } from './counting-target.ts'
import { type Layout, type Report, reportsOf } from './hid-reports.ts'

/** A scanner in HID POS mode as WebHID shows it. */
export class FakeHidDevice extends CountingTarget implements HidDevice {
  opened = false
  readonly vendorId: number
  readonly collections: HidDevice['collections']
  readonly features: [number, readonly number[]][] = []
  openError: Error | undefined

  constructor({ vendorId = 0x05e0, usagePage = 0x8c, usage = 2 } = {}) {
    super()
    this.vendorId = vendorId
    this.collections = [{ usagePage, usage }]
  }

  async open(): Promise<void> {
    if (this.openError) throw this.openError
    this.opened = true
  }

  async close(): Promise<void> {
    this.opened = false
  }

  async sendFeatureReport(number: number, data: Uint8Array): Promise<void> {
    this.features.push([number, [...data]])
  }

  /** Sends one report, if anybody has opened the device. */
  report({ number, bytes }: Report): void {
    if (!this.opened) return
    // Reports of WebHID are views into larger buffers.
    const buffer = new Uint8Array([0xff, ...bytes, 0xff]).buffer
    const data = new DataView(buffer, 1, bytes.length)
    this.dispatchEvent(Object.assign(new Event('inputreport'), { reportId: number, data }))
  }

  send(text: string, layout?: Layout): void {
    for (const report of reportsOf(text, layout)) this.report(report)
  }
}

/** `navigator.hid` with devices that tests plug in and pull out. */
export class FakeHid extends CountingTarget implements Hid {
  devices: FakeHidDevice[]
  /** What the user chooses when asked. */
  chosen: FakeHidDevice[] = []
  readonly requests: unknown[] = []

  constructor(...devices: FakeHidDevice[]) {
    super()
    this.devices = devices
  }

  async getDevices(): Promise<readonly FakeHidDevice[]> {
    return this.devices
  }

  async requestDevice(options: unknown): Promise<readonly FakeHidDevice[]> {
    this.requests.push(options)
    return this.chosen
  }

  plugIn(device: FakeHidDevice): void {
    this.devices = [...this.devices, device]
    this.dispatchEvent(Object.assign(new Event('connect'), { device }))
  }

  pullOut(device: FakeHidDevice): void {
    this.devices = this.devices.filter((one) => one !== device)
    device.opened = false
    this.dispatchEvent(Object.assign(new Event('disconnect'), { device }))
  }
}
