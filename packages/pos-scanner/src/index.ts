export { type AuthCodeKind, classifyAuthCode } from '@f2f/core'
export type { Clock } from './clock.ts'
export type { Suffix } from './decoder/key.ts'
export {
  type Hid,
  type HidConnectionEvent,
  type HidDevice,
  type HidPosSource,
  type HidReportEvent,
  hidPos,
} from './hid/web-hid.ts'
export type { EventSender } from './listen.ts'
export type {
  CodeRead,
  CodeSettings,
  Scan,
  ScannerProblem,
  ScannerProblemCode,
  ScanSource,
  Sink,
  Source,
} from './scan.ts'
export { openScanner, type Scanner, type ScannerOptions } from './scanner.ts'
export { type KeyboardWedgeOptions, keyboardWedge } from './wedge/keyboard-wedge.ts'
