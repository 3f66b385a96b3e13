import { once } from 'node:events'
import { openTarget, type Target } from './target.ts'

/** Says that it is ready, and migrates as soon as it is told to. */
export default async (target: Target): Promise<void> => {
  const store = openTarget(target)
  process.send?.('ready')
  await once(process, 'message')
  await store.migrate()
  process.send?.('migrated')
  await store.close()
}
