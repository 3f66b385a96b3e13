import { type EnrolmentDesk, enrolmentDesk } from '@f2f/terminal-auth'
import type { Call } from '../../command.ts'
import { readSettings } from '../../config/settings.ts'
import { Problem } from '../../problem.ts'
import { openStore, storePlace } from '../../shop/store.ts'
import { text } from '../../text.ts'

type Terminals = ReturnType<Awaited<ReturnType<typeof openStore>>['terminals']>

/** The tills that the back end keeps in its store. */
export interface TillBooks extends Pick<Terminals, 'list'> {
  readonly desk: EnrolmentDesk
}

/**
 * Opens the tills' store, works, and closes it whatever happens.
 *
 * @param ttl - how long a code of the desk can be used, ms
 * @throws Problem `CONFIG` when no store is named: the command's own has no back end; F2fError
 */
export const withTills = async <T>(
  call: Pick<Call, 'context' | 'flags'>,
  work: (books: TillBooks) => Promise<T>,
  ttl?: number,
): Promise<T> => {
  const { clock, random } = call.context
  const place = await storePlace(await readSettings(call))
  if (!place.isNamed)
    throw new Problem(
      'CONFIG',
      text(
        '终端登记在后端的数据库里：请配置 store（或 F2F_STORE、--store、--store-file）。',
        "Tills are kept in the back end's database: name it as store (or F2F_STORE, --store, --store-file).",
      ),
    )
  const store = await openStore(place)
  try {
    const { list, ...kept } = store.terminals({ clock })
    return await work({ list, desk: enrolmentDesk({ ...kept, clock, random, ttl }) })
  } finally {
    await store.close()
  }
}
