import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A request to the control API or the wallet that cannot be carried out; becomes application/problem+json. */
export class HttpProblem extends Error {
  readonly status: ContentfulStatusCode
  readonly code: string

  constructor(status: ContentfulStatusCode, code: string, message: string) {
    super(message)
    this.name = 'HttpProblem'
    this.status = status
    this.code = code
  }

  toResponse(): Response {
    const { status, code, message } = this
    return Response.json(
      { type: 'about:blank', title: message, status, code },
      { status, headers: { 'content-type': 'application/problem+json' } },
    )
  }
}

export const notFound = (what: string): HttpProblem => new HttpProblem(404, 'NOT_FOUND', `There is no ${what}.`)

export const invalid = (rule: string): HttpProblem => new HttpProblem(400, 'INVALID', rule)
