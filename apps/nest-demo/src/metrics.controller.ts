import type { RequestListener } from 'node:http'
import type { OpenBackEnd } from '@f2f/demo-back-end'
import { Controller, Get, Inject, Req, Res } from '@nestjs/common'
import { BACK_END } from './back-end.module.ts'

/** For Prometheus. Who listens to the world keeps it from the world. */
@Controller('metrics')
export class MetricsController {
  readonly #opened: Pick<OpenBackEnd, 'backEnd'>

  constructor(@Inject(BACK_END) opened: Pick<OpenBackEnd, 'backEnd'>) {
    this.#opened = opened
  }

  @Get()
  scrape(@Req() request: Parameters<RequestListener>[0], @Res() response: Parameters<RequestListener>[1]): void {
    this.#opened.backEnd.metrics(request, response)
  }
}
