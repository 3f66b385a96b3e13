import { isF2fError } from '@f2f/core'
import { hasTables } from '../commands/migrate.ts'
import { isThere, openStore, storePlace } from '../shop/store.ts'
import { text } from '../text.ts'
import { type Examination, error, ok, skipped, stumbled, warning, within } from './finding.ts'

const PATIENCE = 15_000
const MIGRATE = text('核对 store 的路径，然后运行 f2f migrate', 'Look at the name in store, then run f2f migrate.')
const UPDATE = text('把 f2f 升级到写入这些表的版本', 'Update f2f to the version that made these tables.')
const REACH = text(
  '检查数据库是否启动，以及地址、库名、用户和密码',
  'Check that the database runs, its address and name, user and password.',
)

/** Is the database there, and are its tables those of this version. */
export const examineStore: Examination = async ({ settings, context }) => {
  const place = await storePlace(settings)
  if (!(await isThere(place))) {
    const absent = text(`还没有数据库文件 ${place.shown}`, `there is no file ${place.shown} yet`)
    return [place.isNamed ? warning('store', absent, MIGRATE) : skipped('store', absent)]
  }
  const store = await openStore(place, false)
  try {
    const current = await within(context, PATIENCE, hasTables(store))
    if (current === 'late')
      return [
        error(
          'store',
          text(`数据库 ${place.shown} 没有应答`, `the database ${place.shown} does not answer`),
          text('检查地址、网络和防火墙', 'Check address, network and firewall.'),
        ),
      ]
    const reached = ok('store', text(`数据库可用：${place.shown}`, `the database answers: ${place.shown}`))
    if (current) return [reached, ok('migrations', text('表已是最新', 'the tables are up to date'))]
    // A command of ours makes the tables of a SQLite file when it first needs them.
    const found = text('表不存在或已过期', 'the tables are missing or old')
    return [reached, (place.kind === 'sqlite' ? warning : error)('migrations', found, MIGRATE)]
  } catch (cause) {
    const isNewer = isF2fError(cause) && cause.code === 'STORE_SCHEMA_NEWER'
    return [isNewer ? stumbled('migrations', cause, UPDATE) : stumbled('store', cause, REACH)]
  } finally {
    await store.close()
  }
}
