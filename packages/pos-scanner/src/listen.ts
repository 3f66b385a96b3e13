type Listener = (event: Event) => void

interface Capture {
  readonly capture: boolean
}

/** Anything that sends events: `window`, an element, `navigator.hid`. Structural, so that no DOM library is needed. */
export interface EventSender {
  addEventListener(type: string, listener: Listener, options: Capture): void
  removeEventListener(type: string, listener: Listener, options: Capture): void
}

/** Listens in the capture phase, by type of event; the returned function takes every listener away. */
export const listen = (sender: EventSender, listeners: Readonly<Record<string, Listener>>): (() => void) => {
  // Named by an object, for Node's EventTarget does not remove a listener named by `true`.
  for (const type in listeners) sender.addEventListener(type, listeners[type] as Listener, { capture: true })
  return () => {
    for (const type in listeners) sender.removeEventListener(type, listeners[type] as Listener, { capture: true })
  }
}
