import { isF2fError } from '@f2f/core'
import { defineCommand } from '../command.ts'
import { STORE_OPTIONS } from '../config/names.ts'
import { readSettings } from '../config/settings.ts'
import { EXIT } from '../exit.ts'
import { isThere, openStore, type StorePlace, storePlace } from '../shop/store.ts'
import { text } from '../text.ts'

export const migrate = defineCommand({
  name: 'migrate',
  about: text('创建或升级数据库表', 'make the tables, or bring them up to date'),
  more: text(
    '可安全地重复执行，多个进程同时执行也可以。--check 只检查，不改动。',
    'Safe to repeat, also by several processes at once. --check looks and changes nothing.',
  ),
  arguments: [],
  options: {
    ...STORE_OPTIONS,
    check: { type: 'boolean', about: text('只检查：过期时退出码为 1', 'only look: exit code 1 when outdated') },
  },
  examples: ['f2f migrate', 'F2F_STORE=postgres://till:secret@db/shop f2f migrate', 'f2f migrate --check --json'],
  async run({ flags, context, output }) {
    const place = await storePlace(await readSettings({ flags, context }))
    if (flags.check === true) {
      const isCurrent = await isUpToDate(place)
      output.result({ store: place.shown, isCurrent }, () => [
        isCurrent
          ? output.say(text(`${place.shown}：已是最新`, `${place.shown}: up to date`))
          : output.say(text(`${place.shown}：需要 f2f migrate`, `${place.shown}: needs f2f migrate`)),
      ])
      return isCurrent ? EXIT.ok : EXIT.no
    }
    const store = await openStore(place)
    try {
      await store.migrate()
      output.result({ store: place.shown, isCurrent: true }, () => [
        `${output.color.green('✓')} ${output.say(text(`${place.shown}：表已就绪`, `${place.shown}: tables are ready`))}`,
      ])
      return EXIT.ok
    } finally {
      await store.close()
    }
  },
})

/** False when the tables are missing or old; anything else that is wrong is thrown. */
export const hasTables = async (store: { due(before: Date, limit: number): Promise<unknown> }): Promise<boolean> => {
  try {
    await store.due(new Date(0), 1)
    return true
  } catch (error) {
    if (isF2fError(error) && error.code === 'STORE_SCHEMA_OUTDATED') return false
    throw error
  }
}

const isUpToDate = async (place: StorePlace): Promise<boolean> => {
  if (!(await isThere(place))) return false
  const store = await openStore(place, false)
  try {
    return await hasTables(store)
  } finally {
    await store.close()
  }
}
