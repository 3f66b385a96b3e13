import { F2fError } from '@f2f/core'

const isAbsent = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND')

/**
 * Loads an optional driver.
 *
 * @throws F2fError `CONFIG_INVALID` that says what to install
 */
export const loadDriver = async <T>(name: string, load: () => Promise<T>): Promise<T> => {
  try {
    return await load()
  } catch (cause) {
    if (!isAbsent(cause)) throw cause
    throw new F2fError('CONFIG_INVALID', `The package ${name} is not installed: npm install ${name}.`, {
      cause,
      details: { package: name },
    })
  }
}
