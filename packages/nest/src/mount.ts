import { F2fError } from '@f2f/core'
import { type NodeListener, toNodeListener } from '@f2f/core/http'
import { Inject, Injectable, RequestMethod, type Type } from '@nestjs/common'
import { type AbstractHttpAdapter, ApplicationConfig, HttpAdapterHost } from '@nestjs/core'
import { prefixOf } from './base-path.ts'
import { handlerOf } from './handler.ts'
import { type PlatformRequest, type PlatformResponse, rawRequest, rawResponse } from './native.ts'
import type { F2fModuleOptions } from './options.ts'
import { Alipay, Cashier, F2F_MODULE_OPTIONS } from './tokens.ts'
import { keepParsersAway } from './untouched-body.ts'

/** A controller class before its platform is known. */
export interface Mounted {
  /** Such as `/pay`. */
  readonly path: string
  readonly controller: Type
  /** Gives the route of everything else than notifications its pattern. */
  readonly routeRest: (pattern: string) => void
}

/** Notifications, which no guard may stop, and everything else. */
type Part = 'notify' | 'rest'

/** What {@link Mounted} is injected by. */
export const MOUNTED = 'F2F_MOUNTED'

/** Express 5, which came with Nest 11, wants wildcards named; Express 4 and Fastify want them nameless. */
const wildcardOf = (adapter: AbstractHttpAdapter): string =>
  adapter.getType() === 'express' && 'normalizePath' in adapter ? '*path' : '*'

const noCallers = (): F2fError =>
  new F2fError('CONFIG_INVALID', 'authenticate is needed with controller.', {
    details: { field: 'authenticate', rule: 'is needed with controller' },
  })

/** The HTTP API of the cashier, at its place in the application. */
@Injectable()
export class HttpMount {
  readonly #mounted: Mounted
  readonly #host: HttpAdapterHost
  readonly #config: ApplicationConfig
  readonly #listenerAt: (basePath: string) => NodeListener
  #listeners: Readonly<Record<Part, NodeListener>> | undefined

  constructor(
    @Inject(MOUNTED) mounted: Mounted,
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
    @Inject(ApplicationConfig) config: ApplicationConfig,
    @Inject(F2F_MODULE_OPTIONS) options: F2fModuleOptions,
    @Inject(Cashier) cashier: Cashier,
    @Inject(Alipay) alipay: Alipay,
  ) {
    const { authenticate } = options
    if (authenticate === undefined) throw noCallers()
    this.#mounted = mounted
    this.#host = host
    this.#config = config
    this.#listenerAt = (basePath) => toNodeListener(handlerOf({ options, cashier, alipay }, authenticate, basePath))
  }

  /** Takes its place: after the application has its global prefix, before Nest reads the routes. */
  open(): void {
    const { httpAdapter } = this.#host
    const { path, routeRest } = this.#mounted
    const pattern = wildcardOf(httpAdapter)
    routeRest(pattern)
    const notifyBase = prefixOf(this.#config, `${path}/notify`, RequestMethod.POST) + path
    const restBase = prefixOf(this.#config, `${path}/${pattern}`, RequestMethod.ALL) + path
    this.#listeners = { notify: this.#listenerAt(notifyBase), rest: this.#listenerAt(restBase) }
    keepParsersAway(httpAdapter, ({ url = '' }) => {
      const [address] = url.split('?', 1)
      return address === `${notifyBase}/notify` || url.startsWith(`${restBase}/`)
    })
  }

  answer(part: Part, request: PlatformRequest, response: PlatformResponse): Promise<void> | undefined {
    return this.#listeners?.[part](rawRequest(request), rawResponse(response))
  }
}
