import { makeBill } from '../../bill/bill.ts'
import { readPeriod } from '../../bill/period.ts'
import { Refusal } from '../../ledger/refusal.ts'
import type { World } from '../../world.ts'
import { optionalText } from '../biz-content.ts'
import type { Call, GatewayMethod } from '../call.ts'
import { success } from '../problem.ts'

/** `alipay.data.dataservice.bill.downloadurl.query`: a link to a day's or month's bill (protocol §6.8). */
export const billUrl: GatewayMethod = {
  name: 'alipay.data.dataservice.bill.downloadurl.query',
  shortName: 'billDownloadUrl',
  handle: (call, world) => {
    const at = world.clock.now()
    const type = optionalText(call.biz, 'bill_type', 20)
    if (type !== 'trade' && type !== 'signcustomer') throw new Refusal('TYPE_NOT_SUPPORTED')
    const period = readPeriod(optionalText(call.biz, 'bill_date', 15) ?? '', at, world.settings.bills.readyHour)
    const trades = world.ledger.all().filter(({ sellerId }) => sellerId === call.merchant.userId)
    const bill = makeBill({ type, period, trades, account: call.merchant.userId, at, settings: world.settings.bills })
    if (bill.isEmpty) refuseEmpty(world)
    const emptyCode = bill.isEmpty && world.settings.bills.emptyDay === 'empty_file_code'
    return {
      node: success({
        bill_download_url: linkTo(call, world.billLinks.add(bill, at), bill.query),
        bill_file_code: emptyCode ? 'EMPTY_DATA_WITH_BILL_FILE' : undefined,
      }),
    }
  },
}

const refuseEmpty = ({ settings }: World): void => {
  if (settings.bills.emptyDay === 'no_bill_data') throw new Refusal('NO_BILL_DATA')
  if (settings.bills.emptyDay === 'bill_not_exist') throw new Refusal('BILL_NOT_EXIST')
}

const linkTo = ({ origin }: Call, fileId: string, query: Readonly<Record<string, string>>): string =>
  `${origin}/downloadBillFile.resource?${new URLSearchParams({ ...query, fileId })}`
