import type { OpenBackEnd } from '@f2f/demo-back-end'
import { F2fExceptionFilter, F2fModule } from '@f2f/nest'
import { type DynamicModule, Module } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { BACK_END, BackEndModule } from './back-end.module.ts'
import { HomeController } from './home.controller.ts'
import { Orders } from './orders.ts'

type Opened = Pick<OpenBackEnd, 'backEnd' | 'close'>

@Module({
  controllers: [HomeController],
  providers: [Orders, { provide: APP_FILTER, useClass: F2fExceptionFilter }],
})
export class AppModule {
  /** The application, with payments below `/pay`. */
  static on(opened: Opened): DynamicModule {
    const payments = F2fModule.forRootAsync({
      imports: [BackEndModule.of(opened)],
      inject: [BACK_END],
      controller: { path: 'pay' },
      useFactory: ({ backEnd }: Opened) => backEnd,
    })
    return { module: AppModule, imports: [payments] }
  }
}
