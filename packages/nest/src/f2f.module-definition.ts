import { ConfigurableModuleBuilder, type DynamicModule } from '@nestjs/common'
import { clientProviders } from './clients.ts'
import { createController } from './controller.ts'
import { HttpMount, MOUNTED } from './mount.ts'
import type { F2fModuleExtras, F2fModuleOptions } from './options.ts'
import { F2F_MODULE_OPTIONS } from './tokens.ts'

const EXTRAS: F2fModuleExtras = { isGlobal: false, controller: false, clientNames: [] }

const withExtras = (
  { providers = [], ...definition }: DynamicModule,
  { isGlobal = false, controller = false, clientNames = [] }: F2fModuleExtras,
): DynamicModule => {
  const clients = clientProviders(F2F_MODULE_OPTIONS, clientNames)
  const mounted = controller === false ? undefined : createController(controller)
  return {
    ...definition,
    global: isGlobal,
    controllers: mounted === undefined ? [] : [mounted.controller],
    providers: [
      ...providers,
      ...clients,
      ...(mounted === undefined ? [] : [HttpMount, { provide: MOUNTED, useValue: mounted }]),
    ],
    exports: clients.map(({ provide }) => provide),
  }
}

export const { ConfigurableModuleClass, OPTIONS_TYPE } = new ConfigurableModuleBuilder<F2fModuleOptions>({
  optionsInjectionToken: F2F_MODULE_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createF2fOptions')
  .setExtras(EXTRAS, withExtras)
  .build()
