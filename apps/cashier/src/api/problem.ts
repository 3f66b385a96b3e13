/** What the back end answered instead of what was asked for. It never carries a payment code. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  /** One of the error codes of `@f2f/core`; empty when the answer was not the back end's own. */
  readonly code: string
  readonly moneyMayHaveMoved: boolean

  constructor(status: number, code: string, detail: string, moneyMayHaveMoved: boolean) {
    super(detail)
    this.status = status
    this.code = code
    this.moneyMayHaveMoved = moneyMayHaveMoved
  }
}

/** No answer from the back end: whatever was asked may have been done. */
export class Offline extends Error {
  override readonly name = 'Offline'
}

export const isProblem = (error: unknown, status?: number): error is ApiProblem =>
  error instanceof ApiProblem && (status === undefined || error.status === status)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Reads `application/problem+json`; a gateway's own error page means that the back end was not reached. */
export const readProblem = async (response: Response): Promise<ApiProblem | Offline> => {
  if (response.headers.get('content-type')?.startsWith('application/problem+json') !== true) {
    return [502, 503, 504].includes(response.status) ? new Offline() : new ApiProblem(response.status, '', '', true)
  }
  const body = (await response.json()) as Readonly<Record<string, unknown>>
  return new ApiProblem(response.status, textOf(body.code), textOf(body.detail), body.moneyMayHaveMoved !== false)
}
