import { RequestMethod } from '@nestjs/common'
import type { ApplicationConfig } from '@nestjs/core'

/** The application's global prefix as it goes before a route: `/api`, or nothing when the route is excluded from it. */
export const prefixOf = (config: ApplicationConfig, route: string, method: RequestMethod): string => {
  const { exclude = [] } = config.getGlobalPrefixOptions()
  const isExcluded = exclude.some(
    ({ requestMethod, pathRegex }) =>
      (requestMethod === RequestMethod.ALL || requestMethod === method) && pathRegex.test(route),
  )
  const prefix = config.getGlobalPrefix().replace(/^\/+|\/+$/g, '')
  return isExcluded || prefix === '' ? '' : `/${prefix}`
}
