import { body, jsonContent, LOOK, location, needs, problems, query, reply } from './parts.ts'
import type { Json } from './schemas.ts'

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
