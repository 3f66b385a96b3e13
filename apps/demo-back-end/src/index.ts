export { type BackEnd, type OpenBackEnd, openBackEnd } from './back-end.ts'
export { onStopSignal, stopServer } from './stopping.ts'
