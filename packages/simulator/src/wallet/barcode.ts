/** A payment code drawn as a bar code and as a QR, both SVG. */
interface CodeDrawing {
  readonly barcode: string
  readonly qr: string
}

/** Draws `code` as a wallet shows it: Code 128 and QR with the same digits. */
export const drawCode = async (code: string): Promise<CodeDrawing> => {
  const { toSVG } = await import('bwip-js/node')
  return {
    barcode: toSVG({ bcid: 'code128', text: code, height: 16 }),
    qr: toSVG({ bcid: 'qrcode', text: code }),
  }
}
