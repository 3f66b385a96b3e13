import type { AnyCommand } from '../command.ts'
import { accept } from './accept.ts'
import { bill } from './bill.ts'
import { cancel } from './cancel.ts'
import { doctor } from './doctor.ts'
import { init } from './init.ts'
import { keysCheck } from './keys/check.ts'
import { keysConvert } from './keys/convert.ts'
import { keysNew } from './keys/new.ts'
import { list } from './list.ts'
import { migrate } from './migrate.ts'
import { pay } from './pay.ts'
import { qr } from './qr.ts'
import { query } from './query.ts'
import { reconcile } from './reconcile.ts'
import { refund } from './refund.ts'
import { simulate } from './simulate.ts'
import { tokenInspect } from './token/inspect.ts'
import { tokenInvite } from './token/invite.ts'
import { tokenIssue } from './token/issue.ts'
import { tokenKey } from './token/key.ts'
import { tokenList } from './token/list.ts'
import { tokenRevoke } from './token/revoke.ts'
import { watch } from './watch.ts'

/** Every command, in the order of the help. */
export const COMMANDS: readonly AnyCommand[] = [
  simulate,
  keysNew,
  keysCheck,
  keysConvert,
  migrate,
  doctor,
  pay,
  qr,
  watch,
  query,
  cancel,
  refund,
  list,
  bill,
  reconcile,
  tokenInvite,
  tokenList,
  tokenRevoke,
  tokenKey,
  tokenIssue,
  tokenInspect,
  accept,
  init,
]
