import type { AnyCommand } from '../command.ts'
import { keysCheck } from './keys/check.ts'
import { keysConvert } from './keys/convert.ts'
import { keysNew } from './keys/new.ts'
import { migrate } from './migrate.ts'
import { simulate } from './simulate.ts'

/** Every command, in the order of the help. */
export const COMMANDS: readonly AnyCommand[] = [simulate, migrate, keysNew, keysCheck, keysConvert]
