import type { StoreUnderTest } from '@f2f/core/testing'
import type { SqlStore } from '../../src/index.ts'

/** A store under test over as many handles as a rule asks for. */
export const closeAll = (open: () => SqlStore): StoreUnderTest => {
  const handles = [open()]
  const another = async (): Promise<SqlStore> => {
    const store = open()
    handles.push(store)
    return store
  }
  const close = async (): Promise<void> => {
    for (const store of handles.splice(0)) await store.close()
  }
  const [store] = handles
  if (store === undefined) throw new Error('No handle.')
  return {
    store,
    another,
    async reopen() {
      await close()
      return another()
    },
    close,
  }
}
