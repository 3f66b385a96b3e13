import type { CDPSession } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { placeOf } from '../../src/testing/us-keys.ts'
import { hasBrowser, openTillPage, type TillPage } from './till-page.ts'

const CODE = '287612345678901234'
/** What Windows calls a key that an input method has taken. */
const PROCESS_KEY = 229

/** ms from key to key by their time stamps, however long the browser takes. */
const SCANNER = 5
const HAND = 180

/** Presses keys that an input method takes: the page learns their places, and what `write` makes of each. */
const hiddenKeys = async (
  cdp: CDPSession,
  keys: readonly string[],
  perKey: number,
  write: (key: string, index: number) => Promise<unknown>,
): Promise<void> => {
  const start = Date.now()
  for (const [index, key] of keys.entries()) {
    const at = start + index * perKey
    const event = { key: 'Process', code: placeOf(key), windowsVirtualKeyCode: PROCESS_KEY }
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event, timestamp: at / 1_000 })
    await write(key, index)
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event, timestamp: (at + perKey / 2) / 1_000 })
  }
}

const compose = (cdp: CDPSession, text: string): Promise<unknown> =>
  cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })

const commit = (cdp: CDPSession, text: string): Promise<unknown> => cdp.send('Input.insertText', { text })

const openAt = async (id: string): Promise<TillPage> => {
  const till = await openTillPage()
  // Silence of a busy machine ends no code.
  await till.read("till.openWedge({ suffix: 'Enter' })")
  await till.read(`till.focus('${id}')`)
  return till
}

const FIELDS = { input: '12.5', textarea: 'note:', editable: 'note:' }

describe.runIf(hasBrowser)('an input method in a browser', () => {
  for (const [id, before] of Object.entries(FIELDS)) {
    test(`that takes every key and writes it hides no scan, and nothing stays in ${id}`, async () => {
      await using till = await openAt(id)
      await hiddenKeys(till.cdp, [...CODE, 'Enter'], SCANNER, async (key) => key !== 'Enter' && commit(till.cdp, key))
      await till.until('till.scans.length > 0')
      expect(await till.read('till.scans')).toEqual([{ code: CODE, kind: 'alipay', source: 'keyboard' }])
      expect(await till.read('till.look()')).toMatchObject({ [id]: before })
    })

    test(`that composes the keys of a scan loses none, and nothing stays in ${id}`, async () => {
      await using till = await openAt(id)
      await hiddenKeys(till.cdp, [...CODE, 'Enter'], SCANNER, (key, index) =>
        key === 'Enter' ? commit(till.cdp, CODE) : compose(till.cdp, CODE.slice(0, index + 1)),
      )
      await till.until('till.scans.length > 0')
      expect(await till.read('till.scans')).toEqual([{ code: CODE, kind: 'alipay', source: 'keyboard' }])
      expect(await till.read('till.look()')).toMatchObject({ [id]: before })
    })

    test(`with which a person writes Chinese into ${id} is left alone`, async () => {
      await using till = await openAt(id)
      await hiddenKeys(till.cdp, [...'kafei', ' '], HAND, (key, index) =>
        key === ' ' ? commit(till.cdp, '咖啡') : compose(till.cdp, 'kafei'.slice(0, index + 1)),
      )
      await till.until(`till.look()['${id}'] === '${before}咖啡'`)
      expect(await till.read('till.scans')).toEqual([])
    })
  }
})

describe.runIf(hasBrowser)('a code put in as a whole', () => {
  test('by the clipboard is a scan, and nothing of it stays', async () => {
    await using till = await openAt('input')
    await till.read(`navigator.clipboard.writeText('${CODE}')`)
    await till.page.keyboard.press('Control+V')
    await till.until('till.scans.length > 0')
    expect(await till.read('till.scans')).toEqual([{ code: CODE, kind: 'alipay', source: 'paste' }])
    expect(await till.read('till.look()')).toMatchObject(FIELDS)
  })

  test("by a scanner's own input method is a scan, and nothing of it stays", async () => {
    await using till = await openAt('input')
    await commit(till.cdp, CODE)
    await till.until('till.scans.length > 0')
    expect(await till.read('till.scans')).toEqual([{ code: CODE, kind: 'alipay', source: 'paste' }])
    expect(await till.read('till.look()')).toMatchObject(FIELDS)
  })

  test('that is no payment code stays', async () => {
    await using till = await openAt('textarea')
    await commit(till.cdp, 'please call back')
    await till.until("till.look().textarea === 'note:please call back'")
    expect(await till.read('till.scans')).toEqual([])
  })
})
