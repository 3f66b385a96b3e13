import { F2fError } from '@f2f/core'
import { All, Controller, Inject, Post, Req, Res, UseGuards, VERSION_NEUTRAL } from '@nestjs/common'
import { HttpMount, type Mounted } from './mount.ts'
import type { PlatformRequest, PlatformResponse } from './native.ts'
import type { F2fControllerOptions } from './options.ts'
import { bodyGuard } from './untouched-body.ts'

/** @throws F2fError `CONFIG_INVALID` */
const checkedPath = (path: string): string => {
  const checked = `/${path.replace(/^\/|\/$/g, '')}`
  if (/^(?:\/[\w~-][\w~.-]*)+$/.test(checked)) return checked
  const rule = 'must be such as pay or shop/pay'
  throw new F2fError('CONFIG_INVALID', `controller.path ${rule}.`, { details: { field: 'controller.path', rule } })
}

/**
 * Makes a controller class of its own for each module, so that no two share what decorators note on a class.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const createController = ({ path, guards = [], decorators = [] }: F2fControllerOptions): Mounted => {
  const checked = checkedPath(path)

  @Controller({ path: checked, version: VERSION_NEUTRAL })
  class F2fController {
    readonly #mount: HttpMount

    constructor(@Inject(HttpMount) mount: HttpMount) {
      this.#mount = mount
    }

    @Post('notify')
    @UseGuards(bodyGuard)
    notify(@Req() request: PlatformRequest, @Res() response: PlatformResponse): Promise<void> | undefined {
      return this.#mount.answer('notify', request, response)
    }

    @UseGuards(bodyGuard, ...guards)
    serve(@Req() request: PlatformRequest, @Res() response: PlatformResponse): Promise<void> | undefined {
      return this.#mount.answer('rest', request, response)
    }
  }

  for (const decorate of decorators) decorate(F2fController)
  const { prototype } = F2fController
  return {
    path: checked,
    controller: F2fController,
    routeRest(pattern) {
      All(pattern)(prototype, 'serve', { value: prototype.serve })
    },
  }
}
