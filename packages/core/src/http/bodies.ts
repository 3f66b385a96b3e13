import type { Fields } from './fields.ts'

const AMOUNT = '^(0|[1-9]\\d{0,8})(\\.\\d{1,2})?$'

const ownId = (whose: string) =>
  ({
    type: 'string',
    description: `The ${whose}'s id. Comes from the token; a body may only repeat it.`,
  }) as const

const outTradeNo = {
  type: 'string',
  description:
    'Your number for the payment, unique for ever. The same number with the same content is the same payment. ' +
    'Left out: one is made up, and a request whose answer was lost cannot be repeated.',
  schema: { pattern: '^\\w{1,64}$' },
} as const

const order = {
  outTradeNo,
  totalAmount: {
    type: 'string',
    required: true,
    description: 'Yuan, 0.01 to 100000000.00.',
    schema: { pattern: AMOUNT, examples: ['88.88'] },
  },
  subject: {
    type: 'string',
    required: true,
    description: 'What is bought.',
    schema: { minLength: 1, maxLength: 256 },
  },
  body: { type: 'string', description: 'What is bought, at length.' },
  payWithin: {
    type: 'integer',
    description: 'Milliseconds the buyer has.',
    schema: { minimum: 1 },
  },
  storeId: ownId('store'),
  terminalId: ownId('terminal'),
  operatorId: ownId('operator'),
  merchantId: ownId('merchant'),
} as const satisfies Fields

/** POST /payments */
export const startFields = {
  authCode: {
    type: 'string',
    required: true,
    description: "What the scanner read from the customer's phone. Sent once, never stored.",
    schema: { examples: ['281234567890123456'] },
  },
  ...order,
} as const satisfies Fields

/** POST /qr-payments */
export const offerFields = order

/** POST /payments/{outTradeNo}/cancel */
export const cancelFields = {} as const satisfies Fields

/** POST /reconciliations/{day} */
export const reconcileFields = {} as const satisfies Fields

/** POST /payments/{outTradeNo}/refunds */
export const refundFields = {
  outRequestNo: {
    type: 'string',
    required: true,
    description: 'Your number for the refund. The same number with the same amount is the same refund.',
    schema: { pattern: '^\\S{1,64}$' },
  },
  refundAmount: {
    type: 'string',
    required: true,
    description: 'Yuan, at most what is left of the payment.',
    schema: { pattern: AMOUNT, examples: ['8.88'] },
  },
  reason: { type: 'string', description: 'Why.', schema: { maxLength: 256 } },
  storeId: ownId('store'),
  terminalId: ownId('terminal'),
  operatorId: ownId('operator'),
  merchantId: ownId('merchant'),
} as const satisfies Fields

/** POST /terminals */
export const enrolFields = {
  code: {
    type: 'string',
    required: true,
    description: 'The one-time code that the back end showed.',
    schema: { examples: ['7K3M-Q9ZD-4TXR-W2AB'] },
  },
  publicKey: {
    type: 'object',
    required: true,
    description: "The till's own public key as a JWK (RFC 7517), Ed25519 or P-256. Never the private part.",
    schema: {
      properties: {
        kty: { type: 'string' },
        crv: { type: 'string' },
        x: { type: 'string' },
        y: { type: 'string' },
      },
      required: ['kty', 'crv', 'x'],
    },
  },
} as const satisfies Fields

/** POST /terminals/token */
export const refreshFields = {
  proof: {
    type: 'string',
    required: true,
    description: 'A JWT that the till has just signed with its own key; good once.',
  },
} as const satisfies Fields
