import type { Alipay } from '@f2f/core'
import type { BillDownload } from '@f2f/reconcile'
import type { Call } from '../command.ts'
import { EXIT, type ExitCode } from '../exit.ts'
import { type Text, text } from '../text.ts'

export type BillKind = 'trade' | 'signcustomer'

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1)

/** Downloads a bill into a file or folder, with progress on a terminal. */
export const fetchBill = async (
  { context, output }: Pick<Call, 'context' | 'output'>,
  alipay: Alipay,
  bill: { readonly type: BillKind; readonly date: string; readonly to: string; readonly gateway: string | undefined },
): Promise<BillDownload> => {
  const { downloadBill } = await import('@f2f/reconcile')
  return downloadBill({
    alipay: { billDownloadUrl: alipay.billDownloadUrl, clock: alipay.clock, gateway: bill.gateway },
    billType: bill.type,
    billDate: bill.date,
    to: bill.to,
    fetch: context.fetch,
    signal: context.signal,
    onProgress: ({ received, total }) => {
      const all = total === undefined ? '' : ` / ${megabytes(total)}`
      const words = `${megabytes(received)}${all} MB`
      output.progress(text(`下载 ${words}`, words), total === undefined ? undefined : received / total)
    },
  })
}

/** What came of a download that left nothing to read. */
export const WITHOUT_BILL: Readonly<Record<'empty' | 'notReady', readonly [ExitCode, Text]>> = {
  empty: [EXIT.ok, text('这一天没有业务', 'No business on that day.')],
  notReady: [
    EXIT.unreachable,
    text('账单尚未生成，通常次日 9 点后可下载', 'Not there yet; usually from 09:00 of the next day.'),
  ],
}
