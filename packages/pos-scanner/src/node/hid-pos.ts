import { SCANNER_PAGE, SCANNER_USAGE, WAKING_REPORT } from '../hid/numbers.ts'
import { createReportReader, needsWaking } from '../hid/report.ts'
import type { Source } from '../scan.ts'
import { type ByteSource, keepOpen } from './byte-source.ts'

/** What is used of a device `node-hid` knows of. */
export interface NodeHidInfo {
  readonly vendorId: number
  readonly productId: number
  readonly path?: string | undefined
  readonly usagePage?: number | undefined
  readonly usage?: number | undefined
}

/** What is used of a device `node-hid` has opened. */
export interface NodeHidDevice extends ByteSource {
  sendFeatureReport(data: number[]): unknown
}

/** What is used of the `node-hid` module. */
export interface NodeHid {
  devices(): NodeHidInfo[]
  readonly HID: new (path: string) => NodeHidDevice
}

/** Which scanner to open, and with what. */
export interface NodeHidPosOptions {
  /** The `node-hid` module: `import hid from 'node-hid'`. */
  readonly hid: NodeHid
  /** Only this maker's scanners. */
  readonly vendorId?: number
  /** Only this model. */
  readonly productId?: number
  /** ms between attempts to open a scanner that is away. Default 2000. */
  readonly retryEvery?: number
}

const isWanted = (info: NodeHidInfo, { vendorId, productId }: NodeHidPosOptions): boolean =>
  info.usagePage === SCANNER_PAGE &&
  info.usage === SCANNER_USAGE &&
  (vendorId ?? info.vendorId) === info.vendorId &&
  (productId ?? info.productId) === info.productId

const openScanner = async (options: NodeHidPosOptions): Promise<NodeHidDevice> => {
  const info = options.hid.devices().find((one) => isWanted(one, options))
  if (info?.path === undefined) throw new Error('No HID POS scanner is plugged in.')
  const device = new options.hid.HID(info.path)
  if (needsWaking(info.vendorId)) device.sendFeatureReport([WAKING_REPORT, 1])
  return device
}

/**
 * A scanner in HID POS mode, through `node-hid`: the first that fits, opened again after it was unplugged.
 *
 * ```ts
 * const source = hidPos({ hid })
 * ```
 */
export const hidPos = (options: NodeHidPosOptions): Source => ({
  start(sink) {
    const take = createReportReader(sink)
    const { retryEvery = 2_000 } = options
    return keepOpen({ open: () => openScanner(options), retryEvery }, sink, (bytes) =>
      take(bytes[0] ?? 0, Uint8Array.from(bytes).subarray(1)),
    )
  },
})
