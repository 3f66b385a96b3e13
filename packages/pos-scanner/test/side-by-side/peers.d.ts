declare module 'onscan.js' {
  interface Options {
    readonly onScan: (code: string) => void
    readonly avgTimeByChar?: number
    readonly timeBeforeScanTest?: number
  }
  const onScan: {
    attachTo(target: EventTarget, options: Options): void
    detachFrom(target: EventTarget): void
  }
  export default onScan
}

declare module '@point-of-sale/keyboard-barcode-scanner' {
  export default class KeyboardBarcodeScanner {
    connect(): Promise<void>
    disconnect(): Promise<void>
    addEventListener(type: 'barcode', listener: (scan: { readonly value: string }) => void): void
  }
}
