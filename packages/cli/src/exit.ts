import type { Text } from './text.ts'
import { text } from './text.ts'

/** What the command's exit code says. Documented in the README; scripts depend on it. */
export const EXIT = {
  ok: 0,
  /** The command did its work, and the answer is no: not paid, refused, differences found, a check that failed. */
  no: 1,
  /** Wrong usage or configuration. Nothing was sent. */
  usage: 2,
  /** Not known: money may have moved, or may still move. Ask before anything else. */
  unknown: 3,
  /** Something needed could not be reached: gateway, database, network. Nothing was sent. */
  unreachable: 4,
  /** Only warnings (doctor), or parts left to a person (accept). */
  warnings: 5,
  /** A mistake in this program. */
  internal: 70,
  /** Stopped with Ctrl-C, and no payment goes on because of it: one that does is `unknown`. */
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export const EXIT_TEXTS: readonly (readonly [ExitCode, Text])[] = [
  [EXIT.ok, text('成功', 'done, and the answer is yes')],
  [EXIT.no, text('已执行，但结果为否：未付款、被拒绝、有差异、检查未通过', 'done, and the answer is no')],
  [EXIT.usage, text('用法或配置有误，没有发送任何请求', 'wrong usage or configuration; nothing was sent')],
  [EXIT.unknown, text('结果未知：资金可能已变动，请先查询', 'not known: money may have moved, ask first')],
  [EXIT.unreachable, text('网关、数据库或网络不可用，没有发送', 'gateway, database or network away; nothing was sent')],
  [EXIT.warnings, text('只有警告，或有待人工完成的项目', 'warnings only, or parts left to a person')],
  [EXIT.internal, text('程序自身的错误', 'a mistake in this program')],
  [EXIT.interrupted, text('被 Ctrl-C 中断', 'stopped with Ctrl-C')],
]
