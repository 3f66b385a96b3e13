import type { F2fError } from '../errors.ts'
import { responseOf } from './fetch-bridge.ts'
import { problem } from './problem.ts'

/**
 * An error as the API answers it: its status, `application/problem+json`, and the headers that belong to it. For
 * routes of your own beside those of `createHandler`.
 */
export const problemResponse = (error: F2fError): Response => responseOf(problem(error))
