import { F2fError } from '@f2f/core'
import { problemResponse, problemView } from '@f2f/core/http'
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { logProblem } from './problems.ts'

/**
 * Answers an `F2fError` thrown in a controller of yours as the API does: with the status of its code and
 * `application/problem+json`, and the headers that belong to it. Outside HTTP the error passes on.
 *
 * ```ts
 * @Module({ providers: [{ provide: APP_FILTER, useClass: F2fExceptionFilter }] })
 * ```
 */
@Catch(F2fError)
export class F2fExceptionFilter implements ExceptionFilter<F2fError> {
  readonly #host: HttpAdapterHost

  constructor(@Inject(HttpAdapterHost) host: HttpAdapterHost) {
    this.#host = host
  }

  catch(error: F2fError, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error
    if (error.status >= 500) logProblem(error)
    const { httpAdapter } = this.#host
    const response: unknown = host.switchToHttp().getResponse()
    const { headers, status } = problemResponse(error)
    for (const [name, value] of headers) httpAdapter.setHeader(response, name, value)
    httpAdapter.reply(response, JSON.stringify(problemView(error)), status)
  }
}
