import { PAGE, STATUSES } from '../list-query.ts'
import { type Json, ref } from './schemas.ts'

export const jsonContent = (schema: string): Json => ({ 'application/json': { schema: ref(schema) } })

export const body = (schema: string, required = true): Json => ({ required, content: jsonContent(schema) })

export const reply = (description: string, schema: string, headers?: Json): Json => ({
  description,
  content: jsonContent(schema),
  ...(headers === undefined ? {} : { headers }),
})

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request breaks a rule.',
  401: 'Nobody known is calling.',
  403: 'The caller may not do this.',
  404: 'There is no such thing, or the caller may not see it.',
  409: 'The books say otherwise.',
  413: 'The body is too long.',
  415: 'The body is not JSON.',
  422: 'What Alipay gave cannot be trusted.',
  429: 'Too many wrong attempts: wait as long as Retry-After says.',
  500: 'The back end failed.',
  502: 'Alipay refused, or did not answer as it should.',
  503: 'The store or Alipay cannot be reached, or the back end is closing.',
  504: 'Alipay did not answer in time.',
}

export const problems = (...statuses: readonly number[]): Json =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: PROBLEMS[status], content: { 'application/problem+json': { schema: ref('Problem') } } },
    ]),
  )

export const location: Json = { Location: { schema: { type: 'string', format: 'uri-reference' } } }

export const needs = (...scopes: readonly string[]): readonly Json[] => scopes.map((scope) => ({ bearer: [scope] }))
export const LOOK = needs('watch', 'pay', 'refund', 'reconcile')

const segment = (name: string, description: string): Json => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string', minLength: 1, maxLength: 64 },
})
const outTradeNo = segment('outTradeNo', "The payment's number.")
const outRequestNo = segment('outRequestNo', "The refund's number.")

export const query = (name: string, schema: Json, description: string, more: Json = {}): Json => ({
  name,
  in: 'query',
  schema,
  description,
  ...more,
})

const listParameters: readonly Json[] = [
  query('day', { type: 'string', format: 'date' }, 'Begun on this day, Beijing time.'),
  query('from', { type: 'string', format: 'date-time' }, 'Begun at or after this instant.'),
  query('to', { type: 'string', format: 'date-time' }, 'Begun before this instant.'),
  query('storeId', { type: 'string' }, 'Of this store.'),
  query('merchantId', { type: 'string' }, 'Of this merchant.'),
  query('status', { type: 'array', items: { type: 'string', enum: STATUSES } }, 'In one of these.', {
    style: 'form',
    explode: false,
  }),
  query(
    'limit',
    { type: 'integer', minimum: 1, maximum: PAGE.most, default: PAGE.default },
    'At most so many on a page.',
  ),
  query('cursor', { type: 'string' }, 'The nextCursor of the page before.'),
]

const wait = query(
  'wait',
  { type: 'integer', minimum: 0, maximum: 60, default: 0 },
  'Seconds to hold the answer back until the payment is settled.',
)

const lastEventId: Json = {
  name: 'Last-Event-ID',
  in: 'header',
  schema: { type: 'string' },
  description: 'The version seen last; the stream goes on behind it.',
}

const notification: Json = {
  required: true,
  description: 'Alipay posts a form, under more than one content type. The bytes are taken as they are.',
  content: { '*/*': { schema: { type: 'string' } } },
}

const stream: Json = {
  description:
    'Server-sent events: one per change, its id the version, its data a PaymentDetail. Ends when the payment is settled.',
  content: { 'text/event-stream': { schema: { type: 'string' } } },
}

/** `paths` of the document. */
export const paths: Readonly<Record<string, Json>> = {
  '/payments': {
    get: {
      operationId: 'listPayments',
      summary: 'Lists payments, newest first.',
      security: LOOK,
      parameters: listParameters,
      responses: { 200: reply('One page.', 'PaymentPage'), ...problems(400, 401, 403, 500, 503) },
    },
    post: {
      operationId: 'startPayment',
      summary: "Takes a payment with the customer's code. Answers at once; watch the payment for its outcome.",
      security: needs('pay'),
      requestBody: body('StartPayment'),
      responses: {
        200: reply('The payment begun earlier with this number and content.', 'Payment'),
        201: reply('Begun.', 'Payment', location),
        ...problems(400, 401, 403, 409, 413, 415, 500, 503),
      },
    },
  },
  '/qr-payments': {
    post: {
      operationId: 'offerPayment',
      summary: 'Makes a QR code for the customer to scan.',
      security: needs('pay'),
      requestBody: body('OfferPayment'),
      responses: {
        200: reply('The payment offered earlier with this number and content.', 'Payment'),
        201: reply('Offered; without qrCode, Alipay gave none.', 'Payment', location),
        ...problems(400, 401, 403, 409, 413, 415, 500, 503),
      },
    },
  },
  '/payments/{outTradeNo}': {
    parameters: [outTradeNo],
    get: {
      operationId: 'getPayment',
      summary: 'The payment as it stands.',
      security: LOOK,
      parameters: [wait],
      responses: {
        200: reply('The payment with its history.', 'PaymentDetail'),
        ...problems(400, 401, 403, 404, 500, 503),
      },
    },
  },
  '/payments/{outTradeNo}/events': {
    parameters: [outTradeNo],
    get: {
      operationId: 'watchPayment',
      summary: 'Every change until the payment is settled.',
      security: LOOK,
      parameters: [lastEventId],
      responses: {
        200: stream,
        204: { description: 'The payment is settled and nothing is left to tell.' },
        ...problems(401, 403, 404, 500, 503),
      },
    },
  },
  '/payments/{outTradeNo}/cancel': {
    parameters: [outTradeNo],
    post: {
      operationId: 'cancelPayment',
      summary: 'Cancels a payment that is not settled; money taken meanwhile goes back.',
      security: needs('pay'),
      requestBody: body('CancelPayment', false),
      responses: {
        200: reply('After the first attempt: closed, reversed, cancelling, or settled before.', 'Payment'),
        ...problems(400, 401, 403, 404, 413, 415, 500, 503),
      },
    },
  },
  '/payments/{outTradeNo}/refunds': {
    parameters: [outTradeNo],
    post: {
      operationId: 'requestRefund',
      summary: 'Gives money back, in part or whole.',
      security: needs('refund'),
      requestBody: body('RequestRefund'),
      responses: {
        200: reply('The refund asked for earlier with this number and amount.', 'Refund'),
        201: reply('After the first attempt; a pending refund goes on by itself.', 'Refund', location),
        ...problems(400, 401, 403, 404, 409, 413, 415, 500, 503),
      },
    },
  },
  '/payments/{outTradeNo}/refunds/{outRequestNo}': {
    parameters: [outTradeNo, outRequestNo],
    get: {
      operationId: 'getRefund',
      summary: 'The refund as it stands.',
      security: LOOK,
      responses: { 200: reply('The refund.', 'Refund'), ...problems(401, 403, 404, 500, 503) },
    },
  },
  '/notify': {
    post: {
      operationId: 'notify',
      summary: "Takes Alipay's notifications.",
      security: [],
      requestBody: notification,
      responses: {
        200: {
          description: 'success once it is durable; fail when it is refused.',
          content: { 'text/plain': { schema: { type: 'string', enum: ['success', 'fail'] } } },
        },
        ...problems(500),
      },
    },
  },
  '/health': {
    get: {
      operationId: 'health',
      summary: 'Whether store and queue can be reached.',
      security: [],
      responses: { 200: reply('All is well.', 'Health'), 503: reply('Something is failing.', 'Health') },
    },
  },
  '/openapi.json': {
    get: {
      operationId: 'openapi',
      summary: 'This document.',
      security: [],
      responses: {
        200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
      },
    },
  },
}
