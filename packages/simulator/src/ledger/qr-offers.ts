import { sameContent } from './payment.ts'
import { Refusal } from './refusal.ts'
import type { Order } from './trade.ts'

/** A QR a merchant may show. Nobody owes anything before it is scanned: the scan makes the trade (protocol §6.2). */
export interface QrOffer {
  readonly qrCode: string
  readonly order: Order
  /** When the QR dies. */
  readonly expiresAt: number
  /** How long the buyer has to pay once the trade exists, from the scan. */
  readonly expiry: (scannedAt: number) => number
}

/** The QRs given out. */
export class QrOffers {
  readonly #byNumber = new Map<string, QrOffer>()
  readonly #byText = new Map<string, QrOffer>()

  /** The living QR of a merchant's order number. */
  find(sellerId: string, outTradeNo: string, at: number): QrOffer | undefined {
    return living(this.#byNumber.get(`${sellerId}/${outTradeNo}`), at)
  }

  /** The living QR with this text. */
  scan(qrCode: string, at: number): QrOffer | undefined {
    return living(this.#byText.get(qrCode), at)
  }

  /**
   * Gives out a QR; the same order again gets the QR it has.
   *
   * @throws Refusal `ACQ.CONTEXT_INCONSISTENT` when the number has a living QR with other content
   */
  offer(wanted: QrOffer, at: number): QrOffer {
    const { sellerId, outTradeNo } = wanted.order
    const known = this.find(sellerId, outTradeNo, at)
    if (known !== undefined && !sameContent(known.order, wanted.order)) throw new Refusal('ACQ.CONTEXT_INCONSISTENT')
    const offer = known ?? wanted
    this.#byNumber.set(`${sellerId}/${outTradeNo}`, offer)
    this.#byText.set(offer.qrCode, offer)
    return offer
  }

  /** Makes a merchant's QR worthless. */
  withdraw(sellerId: string, outTradeNo: string): void {
    const offer = this.#byNumber.get(`${sellerId}/${outTradeNo}`)
    if (offer === undefined) return
    this.#byNumber.delete(`${sellerId}/${outTradeNo}`)
    this.#byText.delete(offer.qrCode)
  }

  /** Every living QR. */
  all(at: number): readonly QrOffer[] {
    return [...this.#byNumber.values()].filter((offer) => living(offer, at) !== undefined)
  }

  clear(): void {
    this.#byNumber.clear()
    this.#byText.clear()
  }
}

const living = (offer: QrOffer | undefined, at: number): QrOffer | undefined =>
  offer !== undefined && at < offer.expiresAt ? offer : undefined
