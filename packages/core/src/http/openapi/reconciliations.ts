import { reconcileFields } from '../bodies.ts'
import { fieldsSchema } from '../fields.ts'
import type { BillAwaited, ReconciledDay, ReconciledDifference, ReconciledSide } from '../reconciliations.ts'
import { body, needs, problems, reply } from './paths.ts'
import { instant, type Json, object, ref, text, words, yes } from './schemas.ts'

const yuan = (description: string): Json => ({ ...text(`Yuan. ${description}`), pattern: '^-?\\d+\\.\\d{2}$' })
const count = (description: string): Json => ({ type: 'integer', minimum: 0, description })
const date: Json = { type: 'string', format: 'date' }

const side: Readonly<Record<keyof ReconciledSide, Json>> = {
  payments: count('Payments.'),
  paymentAmount: yuan('What they come to.'),
  refunds: count('Refunds.'),
  refundAmount: yuan('What they come to.'),
}

const difference: Readonly<Record<keyof ReconciledDifference, Json>> = {
  id: text('The same each time the day is reconciled.'),
  bucket: words(
    ['onlyAlipay', 'onlyOurs', 'amountDiffers', 'statusDiffers', 'feeUnexpected', 'duplicate'],
    'onlyAlipay is 长款, onlyOurs 短款.',
  ),
  kind: words(['payment', 'refund', 'other']),
  outTradeNo: text(),
  outRequestNo: text(),
  tradeNo: text("Alipay's number of the trade."),
  billAmount: yuan('What the bill says.'),
  ourAmount: yuan('What the books say.'),
  ourStatus: text('As the books call it, such as paid.'),
  fee: yuan('Negative when the merchant pays it.'),
  expectedFee: yuan('What it should be.'),
  at: instant('When the money moved, as far as anybody knows.'),
  storeId: text(),
  terminalId: text(),
  subject: text(),
  suggestion: object({ action: words(['query', 'refund', 'deliver', 'ask']), why: text() }),
}

const sometimes: readonly (keyof ReconciledDifference)[] = [
  'outRequestNo',
  'tradeNo',
  'billAmount',
  'ourAmount',
  'ourStatus',
  'fee',
  'expectedFee',
  'storeId',
  'terminalId',
  'subject',
]

const done: Readonly<Record<keyof ReconciledDay, Json>> = {
  day: date,
  status: words(['done', 'noData'], 'noData: Alipay says there was no business; the books were held against that.'),
  isClean: yes('There is no difference.'),
  matched: count('Pairs on which both agree.'),
  differenceCount: count('All differences, those that are not listed included.'),
  bill: ref('ReconciledSide'),
  ours: ref('ReconciledSide'),
  differences: {
    type: 'array',
    maxItems: 1_000,
    items: ref('ReconciledDifference'),
    description: 'Oldest first. The report has more.',
  },
}

const awaited: Readonly<Record<keyof BillAwaited, Json>> = {
  day: date,
  status: words(['notReady']),
  usuallyReadyAt: instant('When the bill usually is there.'),
}

/** Further `components.schemas` of the document. */
export const reconciliationSchemas: Readonly<Record<string, Json>> = {
  ReconcileDay: fieldsSchema(reconcileFields),
  ReconciledSide: object(side),
  ReconciledDifference: object(difference, sometimes),
  ReconciledDay: object(done),
  BillAwaited: object(awaited),
  Reconciliation: { oneOf: [ref('ReconciledDay'), ref('BillAwaited')] },
}

const day: Json = {
  name: 'day',
  in: 'path',
  required: true,
  description: 'A day before today, Beijing time.',
  schema: { type: 'string', format: 'date' },
}

const WHOLE = 'A caller limited to a store or a merchant may ask only when the bill has nothing else. '

/** Further `paths` of the document; a back end without a reconciliation desk answers 404. */
export const reconciliationPaths: Readonly<Record<string, Json>> = {
  '/reconciliations/{day}': {
    parameters: [day],
    post: {
      operationId: 'reconcileDay',
      summary: "Holds the day's bill against the books, again if need be.",
      description: `${WHOLE}Answers when it is done, which takes minutes for millions of rows.`,
      security: needs('reconcile'),
      requestBody: body('ReconcileDay', false),
      responses: {
        200: reply('What came of it, or that the bill is not there yet.', 'Reconciliation'),
        ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 502, 503, 504),
      },
    },
  },
  '/reconciliations/{day}/report.csv': {
    parameters: [day],
    get: {
      operationId: 'getReconciliationReport',
      summary: 'The differences found last, as CSV that Excel opens as it is.',
      description: WHOLE.trimEnd(),
      security: needs('reconcile'),
      responses: {
        200: {
          description: 'UTF-8 with a byte order mark.',
          headers: { 'Content-Disposition': { schema: { type: 'string' } } },
          content: { 'text/csv; charset=utf-8': { schema: { type: 'string' } } },
        },
        ...problems(400, 401, 403, 404, 500, 503),
      },
    },
  },
}
