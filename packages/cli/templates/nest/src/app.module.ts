import { F2fModule } from '@f2f/nest'
import { Module } from '@nestjs/common'
import { authenticate } from './authenticate.ts'
import { Orders } from './orders.ts'
import { alipayOptions } from './settings.ts'
import { store } from './store.ts'

@Module({
  imports: [
    F2fModule.forRoot({
      isGlobal: true,
      controller: { path: 'pay' }, // Alipay notifies /pay/notify
      alipay: alipayOptions,
      store,
      authenticate,
    }),
  ],
  providers: [Orders],
})
export class AppModule {}
