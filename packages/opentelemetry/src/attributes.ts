import { isF2fError } from '@f2f/core'
import { type Attributes, type AttributeValue, SpanStatusCode } from '@opentelemetry/api'

/** Attributes without those that are not known. */
export const known = (attributes: Readonly<Record<string, AttributeValue | undefined>>): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined))

/** What a semantic convention calls errors that have no name of few values. */
const OTHER = '_OTHER'
const CLASS_NAME = /^[A-Z]\w{0,63}$/

/** `error.type`: our code, or the name of the class of what the shop's own code threw. */
export const errorType = (error: unknown): string => {
  if (isF2fError(error)) return error.code
  const name = error instanceof Error ? error.constructor.name : ''
  return CLASS_NAME.test(name) ? name : OTHER
}

/** Only our own messages are shown: they are known to hold no secrets. */
export const failedStatus = (error: unknown): { code: SpanStatusCode; message?: string } => ({
  code: SpanStatusCode.ERROR,
  ...(isF2fError(error) ? { message: error.message } : {}),
})
