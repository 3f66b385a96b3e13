import { type EventSender, listen } from '../listen.ts'
import type { Source } from '../scan.ts'
import { SCANNER_PAGE, SCANNER_USAGE, WAKING_REPORT } from './numbers.ts'
import { createReportReader, needsWaking } from './report.ts'

/** What is used of an `HIDDevice`. Structural, so that the types need no DOM library. */
export interface HidDevice extends EventSender {
  readonly opened: boolean
  readonly vendorId: number
  readonly collections: readonly { readonly usagePage?: number | undefined; readonly usage?: number | undefined }[]
  open(): Promise<void>
  close(): Promise<void>
  sendFeatureReport(reportId: number, data: Uint8Array & { readonly buffer: ArrayBuffer }): Promise<void>
}

/** What is used of an `HIDInputReportEvent`. */
export interface HidReportEvent extends Event {
  readonly reportId: number
  readonly data: DataView
}

/** What is used of an `HIDConnectionEvent`. */
export interface HidConnectionEvent extends Event {
  readonly device: HidDevice
}

/** What is used of `navigator.hid`. */
export interface Hid extends EventSender {
  getDevices(): Promise<readonly HidDevice[]>
  requestDevice(options: { filters: { usagePage: number; usage: number }[] }): Promise<readonly HidDevice[]>
}

/** A source of HID POS scanners. */
export interface HidPosSource extends Source {
  /**
   * Asks the user for a scanner; call it in a click. Not needed again on later visits.
   *
   * @returns whether one was chosen
   */
  request(): Promise<boolean>
}

/** The last change asked of each device. */
const changes = new WeakMap<HidDevice, Promise<void>>()

const open = async (device: HidDevice): Promise<void> => {
  if (!device.opened) await device.open()
  if (needsWaking(device.vendorId)) await device.sendFeatureReport(WAKING_REPORT, new Uint8Array([1]))
}

/**
 * Scanners in HID POS mode, through WebHID: every one the page may use, also when it is plugged in later or again.
 * Throws a `TypeError` on start where the browser has no WebHID.
 *
 * @param options.hid - default: `navigator.hid`
 */
export const hidPos = (options: { readonly hid?: Hid } = {}): HidPosSource => {
  const hid = (): Hid => {
    const found = options.hid ?? (globalThis as { navigator?: { hid?: Hid } }).navigator?.hid
    if (!found) throw new TypeError('no WebHID')
    return found
  }
  /** Missing while the source is not started. */
  let use: ((devices: readonly HidDevice[]) => void) | undefined
  return {
    async request() {
      const devices = await hid().requestDevice({ filters: [{ usagePage: SCANNER_PAGE, usage: SCANNER_USAGE }] })
      use?.(devices)
      return devices.length > 0
    },
    start(sink) {
      const { problem } = sink
      const system = hid()
      const inUse = new Map<HidDevice, () => void>()
      const fail = (cause: unknown): void => problem('FAILED', cause)
      /** After what was asked of the device before: browsers refuse a second change during the first. */
      const change = (device: HidDevice, work: () => Promise<void>): void => {
        changes.set(device, Promise.resolve(changes.get(device)).then(work).catch(fail))
      }
      use = (devices) => {
        for (const device of devices) {
          const isScanner = device.collections.some(
            (one) => one.usagePage === SCANNER_PAGE && one.usage === SCANNER_USAGE,
          )
          if (!isScanner || inUse.has(device)) continue
          const take = createReportReader(sink)
          const inputreport = (event: Event): void => {
            const { reportId, data } = event as HidReportEvent
            take(reportId, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
          }
          inUse.set(device, listen(device, { inputreport }))
          change(device, () => open(device))
        }
      }
      const stop = listen(system, {
        connect: (event) => use?.([(event as HidConnectionEvent).device]),
        disconnect(event) {
          const { device } = event as HidConnectionEvent
          inUse.get(device)?.()
          if (inUse.delete(device)) problem('UNPLUGGED')
        },
      })
      system.getDevices().then((devices) => {
        use?.(devices)
        if (!inUse.size) problem('NOT_FOUND')
      }, fail)
      return () => {
        use = undefined
        stop()
        for (const [device, forget] of inUse) {
          forget()
          change(device, () => device.close())
        }
      }
    },
  }
}
