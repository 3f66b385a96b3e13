import type { OpenBackEnd } from '@f2f/demo-back-end'
import { F2fExceptionFilter, F2fModule } from '@f2f/nest'
import { Module, type Type } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { BACK_END, BackEndModule } from './back-end.module.ts'
import { HomeController } from './home.controller.ts'
import { MetricsController } from './metrics.controller.ts'
import { Orders } from './orders.ts'

type Opened = Pick<OpenBackEnd, 'backEnd' | 'close'>

/** The application, with the payments below `/pay`. */
export const appModule = (opened: Opened): Type => {
  const backEnd = BackEndModule.of(opened)
  const payments = F2fModule.forRootAsync({
    imports: [backEnd],
    inject: [BACK_END],
    controller: { path: 'pay' },
    useFactory: ({ backEnd }: Opened) => backEnd,
  })

  @Module({
    imports: [backEnd, payments],
    controllers: [HomeController, MetricsController],
    providers: [Orders, { provide: APP_FILTER, useClass: F2fExceptionFilter }],
  })
  class AppModule {}

  return AppModule
}
