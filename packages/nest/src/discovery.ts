import { F2fError } from '@f2f/core'
import type { DiscoveryService, MetadataScanner } from '@nestjs/core'
import { type EventName, eventsOf } from './decorators.ts'

/** A decorated method of a provider or controller. */
interface Found {
  readonly event: EventName
  /** `OrderService.onPaid` */
  readonly name: string
  readonly run: (...args: readonly unknown[]) => unknown
}

/** The one method of each event, by the event's name. */
export type HandlerTable = ReadonlyMap<string, Found>

type Wrapper = ReturnType<DiscoveryService['getProviders']>[number]

const wrong = (event: EventName, rule: string): F2fError => {
  const field = event === 'refund' ? '@OnRefund()' : `@OnPayment('${event}')`
  return new F2fError('CONFIG_INVALID', `${field} ${rule}.`, { details: { field, rule } })
}

const livesAsLongAsTheApplication = (wrapper: Wrapper): boolean =>
  wrapper.isDependencyTreeStatic() && !wrapper.isTransient

/** @throws F2fError `CONFIG_INVALID` */
const handlersOf = (wrapper: Wrapper, instance: object, scanner: MetadataScanner): readonly Found[] => {
  const methods = instance as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>
  return scanner.getAllMethodNames(Object.getPrototypeOf(instance)).flatMap((key) =>
    eventsOf(methods[key]).map((event) => {
      const name = `${String(wrapper.name)}.${key}`
      if (!livesAsLongAsTheApplication(wrapper)) throw wrong(event, `is on ${name}, which must be a singleton`)
      return { event, name, run: (...args) => methods[key]?.(...args) }
    }),
  )
}

/** The instances of the application, each once, however many tokens it has. */
const instancesOf = (wrappers: readonly Wrapper[]): ReadonlyMap<object, Wrapper> => {
  const instances = new Map<object, Wrapper>()
  for (const wrapper of wrappers) {
    const instance: unknown = wrapper.instance
    if (typeof instance === 'object' && instance !== null && !instances.has(instance)) instances.set(instance, wrapper)
  }
  return instances
}

/**
 * Finds the methods decorated with `OnPayment` and `OnRefund`.
 *
 * @throws F2fError `CONFIG_INVALID` when an event has two, or one is on a provider that lives no longer than a request
 */
export const discoverHandlers = (discovery: DiscoveryService, scanner: MetadataScanner): HandlerTable => {
  const table = new Map<EventName, Found>()
  for (const [instance, wrapper] of instancesOf([...discovery.getProviders(), ...discovery.getControllers()])) {
    for (const found of handlersOf(wrapper, instance, scanner)) {
      const other = table.get(found.event)
      if (other !== undefined) throw wrong(found.event, `is on both ${other.name} and ${found.name}`)
      table.set(found.event, found)
    }
  }
  return table
}
