import { enrolFields, refreshFields } from '../bodies.ts'
import { fieldsSchema } from '../fields.ts'
import type { MeView } from '../routes/me.ts'
import type { TerminalTokenView } from '../routes/terminals.ts'
import { body, jsonContent, LOOK, location, needs, problems, query, reply } from './paths.ts'
import { instant, type Json, object, text, words, yuan } from './schemas.ts'

const me: Readonly<Record<keyof MeView, Json>> = {
  terminalId: text(),
  storeId: text('Absent: every store.'),
  operatorId: text(),
  merchantId: text(),
  scopes: { type: 'array', items: words(['pay', 'refund', 'reconcile', 'watch', 'authorise']) },
  refundLimit: yuan('The most that the refunds of one payment may come to. Absent: no limit.'),
}
const optionalMe = ['storeId', 'operatorId', 'merchantId', 'refundLimit']

const terminalToken: Readonly<Record<keyof TerminalTokenView, Json>> = {
  ...me,
  token: text('Goes into Authorization: Bearer.'),
  expiresAt: instant('Ask for the next token before.'),
}

/** Schemas about who calls. */
export const callerSchemas: Readonly<Record<string, Json>> = {
  EnrolTerminal: fieldsSchema(enrolFields),
  RefreshTerminal: fieldsSchema(refreshFields),
  Me: object(me, ['terminalId', ...optionalMe]),
  TerminalToken: object(terminalToken, optionalMe),
  StartAddress: object({ url: text('Where to send the merchant. Good once.') }),
  Authorised: object({ status: words(['authorised']) }),
}

const HTML: Json = { 'text/html; charset=utf-8': { schema: { type: 'string' } } }

/** The same problems, or for browsers a page that tells of them. */
const withPages = (described: Json): Json =>
  Object.fromEntries(
    Object.entries(described as Record<string, { readonly content: object }>).map(([status, { content, ...rest }]) => [
      status,
      { ...rest, content: { ...content, ...HTML } },
    ]),
  )

/** Paths about who calls: tills, and merchants that give their leave. */
export const callerPaths: Readonly<Record<string, Json>> = {
  '/me': {
    get: {
      operationId: 'getMe',
      summary: 'Who the token says you are.',
      security: [...LOOK, ...needs('authorise')],
      responses: { 200: reply('You.', 'Me'), ...problems(401, 403, 500, 503) },
    },
  },
  '/terminals': {
    post: {
      operationId: 'enrolTerminal',
      summary: 'Turns a one-time code into a registered till and its first token.',
      security: [],
      requestBody: body('EnrolTerminal'),
      responses: {
        201: reply('Enrolled.', 'TerminalToken'),
        ...problems(400, 403, 413, 415, 429, 500, 503),
      },
    },
  },
  '/terminals/token': {
    post: {
      operationId: 'refreshTerminal',
      summary: "The till's next token.",
      security: [],
      requestBody: body('RefreshTerminal'),
      responses: {
        200: reply('A fresh token.', 'TerminalToken'),
        ...problems(400, 401, 403, 413, 415, 429, 500, 503),
      },
    },
  },
  '/authorisations/start': {
    get: {
      operationId: 'startAuthorisation',
      summary: 'Sends a merchant to Alipay, to give its leave.',
      security: needs('authorise'),
      parameters: [query('merchantId', { type: 'string' }, 'Your id of the merchant.', { required: true })],
      responses: {
        200: reply('The address, for who accepts application/json only.', 'StartAddress'),
        302: { description: 'The same address as a redirect.', headers: location },
        ...problems(400, 401, 403, 500, 503),
      },
    },
  },
  '/authorisations/callback': {
    get: {
      operationId: 'finishAuthorisation',
      summary: 'Where Alipay sends the merchant back to. Answers a page, or JSON when that alone is accepted.',
      security: [],
      parameters: ['state', 'app_id', 'app_auth_code'].map((name) =>
        query(name, { type: 'string' }, 'From Alipay.', { required: true }),
      ),
      responses: {
        200: { description: 'Authorised.', content: { ...HTML, ...jsonContent('Authorised') } },
        ...withPages(problems(400, 403, 409, 500, 502, 503, 504)),
      },
    },
  },
}
