import { Window } from 'happy-dom'

/** A page in this process, for blocks that run in browsers. */
export const openWindow = (): void => {
  const window = new Window({ url: 'https://shop.example/till' })
  Object.assign(globalThis, { window, document: window.document })
}
