import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { defineCommand } from '../command.ts'
import { ALIPAY_OPTIONS } from '../config/names.ts'
import { readSettings } from '../config/settings.ts'
import { EXIT } from '../exit.ts'
import { openAlipay } from '../shop/alipay.ts'
import { fetchBill, WITHOUT_BILL } from '../shop/bills.ts'
import { text } from '../text.ts'
import { billDate, billKind, DATE_ARGUMENT, TYPE_OPTION } from './bill-options.ts'

export const bill = defineCommand({
  name: 'bill',
  about: text('下载支付宝账单', "download one of Alipay's bills"),
  more: text(
    '断线会续传，文件完整后才出现。',
    'A broken download goes on where it broke; the file is there only when whole.',
  ),
  arguments: [DATE_ARGUMENT],
  options: {
    type: TYPE_OPTION,
    to: { type: 'string', value: 'folder', about: text('文件夹（默认当前）', 'folder (default: here)') },
    ...ALIPAY_OPTIONS,
  },
  examples: ['f2f bill 2026-01-01 --to bills', 'f2f bill 2026-01 --type signcustomer --json'],
  async run(call) {
    const { args, flags, context, output } = call
    const date = billDate(args[0])
    const type = billKind(flags.type)
    const to = resolve(context.cwd, flags.to ?? '.')
    const settings = await readSettings(call)
    const alipay = await openAlipay(settings, context)
    await mkdir(to, { recursive: true })
    const download = await fetchBill(call, alipay, { type, date, to, gateway: settings.get('gateway') })
    if (download.status === 'downloaded') {
      output.result(download, () => [`${output.color.green('✓')} ${download.path}  ${download.bytes} B`])
      return EXIT.ok
    }
    const [exit, words] = WITHOUT_BILL[download.status]
    output.result(download, () => [output.say(words)])
    return exit
  },
})
