import { access, mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Call, defineCommand, type Flags } from '../command.ts'
import { ALIPAY_OPTIONS, STORE_OPTIONS } from '../config/names.ts'
import { readSettings, type Settings } from '../config/settings.ts'
import { EXIT, type ExitCode } from '../exit.ts'
import { Problem } from '../problem.ts'
import { openAlipay } from '../shop/alipay.ts'
import { fetchBill, WITHOUT_BILL } from '../shop/bills.ts'
import { openStore, storePlace } from '../shop/store.ts'
import { text } from '../text.ts'
import { billDate, DATE_ARGUMENT } from './bill-options.ts'

/** Rows. */
const TELL_EVERY = 1_000

const OPTIONS = {
  bill: {
    type: 'string',
    value: 'file',
    about: text('已下载的账单（默认自动下载）', 'a bill that is here (default: download it)'),
  },
  to: {
    type: 'string',
    value: 'folder',
    about: text('报告文件夹（默认 reports）', 'folder for reports (default reports)'),
  },
  ...ALIPAY_OPTIONS,
  ...STORE_OPTIONS,
} as const

type Given = Pick<Call, 'context' | 'output'> & { readonly flags: Flags<typeof OPTIONS> }

/** The bill's file, or why there is none. */
const billPath = async (
  { context, flags, output }: Given,
  settings: Settings,
  date: string,
  to: string,
): Promise<string | 'empty' | 'notReady'> => {
  if (flags.bill !== undefined) {
    const path = resolve(context.cwd, flags.bill)
    await access(path).catch(() => {
      throw new Problem('FILE', text(`没有账单文件 ${path}。`, `There is no bill ${path}.`))
    })
    return path
  }
  const alipay = await openAlipay(settings, context)
  const gateway = settings.get('gateway')
  const download = await fetchBill({ context, output }, alipay, { type: 'trade', date, to, gateway })
  return download.status === 'notReady' ? 'notReady' : (download.path ?? 'empty')
}

const compare = async ({ context, flags, output }: Given, date: string): Promise<ExitCode> => {
  const { carriedBefore, readBill, reconcile: hold, reportTable, writeReports } = await import('@f2f/reconcile')
  const settings = await readSettings({ context, flags })
  const to = resolve(context.cwd, flags.to ?? 'reports')
  const place = await storePlace(settings)
  await mkdir(to, { recursive: true })
  const path = await billPath({ context, flags, output }, settings, date, to)
  if (path === 'notReady') {
    const [exit, words] = WITHOUT_BILL.notReady
    output.result({ status: path }, () => [output.say(words)])
    return exit
  }
  const store = await openStore(place)
  try {
    output.progress(text('正在对账…', 'Comparing…'))
    // A day without a bill is a day on which Alipay knows of nothing: our books must say the same.
    const bill = path === 'empty' ? [] : readBill(path, { type: 'trade' })
    const { signal } = context
    const carried = await carriedBefore(to, date)
    let rows = 0
    const belongs = (): boolean => {
      if (++rows % TELL_EVERY === 0)
        output.progress(text(`正在对账，已读 ${rows} 行…`, `Comparing, ${rows} rows read…`))
      return true
    }
    const result = await hold({ store, bill, day: date, sellerId: settings.get('sellerId'), carried, belongs, signal })
    const reports = await writeReports(result, to, output.language)
    const { isClean, differenceCount, buckets, differences } = result
    output.result({ status: 'compared', day: date, isClean, differenceCount, buckets, differences, reports }, () => [
      reportTable(result, output.language),
      reports.html,
    ])
    return isClean ? EXIT.ok : EXIT.no
  } finally {
    await store.close()
  }
}

export const reconcile = defineCommand({
  name: 'reconcile',
  about: text('用支付宝账单核对本地账', "hold Alipay's bill against our books"),
  more: text(
    '写出 HTML、CSV、JSON、文本四种报告（权限 600）。有差异时退出码为 1。',
    'Writes reports as HTML, CSV, JSON and text (mode 600). Exit code 1 when there are differences.',
  ),
  arguments: [DATE_ARGUMENT],
  options: OPTIONS,
  examples: ['f2f reconcile 2026-01-01', 'f2f reconcile 2026-01-01 --bill trade-2026-01-01.csv.zip --json'],
  run: ({ args, context, flags, output }) => compare({ context, flags, output }, billDate(args[0])),
})
