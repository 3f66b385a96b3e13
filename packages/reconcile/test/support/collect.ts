import { isF2fError } from '@f2f/core'

export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** The code of the F2fError that the work rejects with. */
export const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    if (isF2fError(error)) return error.code
    throw error
  }
  return 'no error'
}
