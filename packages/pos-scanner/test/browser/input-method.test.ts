import type { CDPSession } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { placeOf } from '../../src/testing/us-keys.ts'
import { hasBrowser, openTillPage, type TillPage } from './till-page.ts'

const CODE = '287612345678901234'
/** What Windows calls a key that an input method has taken. */
const PROCESS_KEY = 229

/** A key that an input method takes: the page learns its place and nothing else. */
const hiddenKey = async (cdp: CDPSession, key: string, meanwhile: () => Promise<unknown>): Promise<void> => {
  const event = { key: 'Process', code: placeOf(key), windowsVirtualKeyCode: PROCESS_KEY }
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event })
  await meanwhile()
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
}

const compose = (cdp: CDPSession, text: string): Promise<unknown> =>
  cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })

const commit = (cdp: CDPSession, text: string): Promise<unknown> => cdp.send('Input.insertText', { text })

const openAt = async (id: string): Promise<TillPage> => {
  const till = await openTillPage()
  await till.read('till.openWedge()')
  await till.read(`till.focus('${id}')`)
  return till
}

const FIELDS = { input: '12.5', textarea: 'note:', editable: 'note:' }

describe.runIf(hasBrowser)('an input method in a browser', () => {
  for (const [id, before] of Object.entries(FIELDS)) {
    test(`that takes every key and writes it hides no scan, and nothing stays in ${id}`, async () => {
      await using till = await openAt(id)
      for (const key of CODE) await hiddenKey(till.cdp, key, () => commit(till.cdp, key))
      await hiddenKey(till.cdp, 'Enter', async () => undefined)
      await till.until('till.scans.length > 0')
      expect(await till.read('till.scans')).toEqual([{ code: CODE, kind: 'alipay', source: 'keyboard' }])
      expect(await till.read('till.look()')).toMatchObject({ [id]: before })
    })

    test(`that composes the keys of a scan loses none, and nothing stays in ${id}`, async () => {
      await using till = await openAt(id)
      let composed = ''
      for (const key of CODE) {
        composed += key
        await hiddenKey(till.cdp, key, () => compose(till.cdp, composed))
      }
      await hiddenKey(till.cdp, 'Enter', () => commit(till.cdp, composed))
      await till.until('till.scans.length > 0')
      expect(await till.read('till.scans')).toEqual([{ code: CODE, kind: 'alipay', source: 'keyboard' }])
      expect(await till.read('till.look()')).toMatchObject({ [id]: before })
    })

    test(`with which a person writes Chinese into ${id} is left alone`, async () => {
      await using till = await openAt(id)
      for (const text of ['k', 'ka', 'kaf', 'kafe', 'kafei'])
        await hiddenKey(till.cdp, text.slice(-1), () => compose(till.cdp, text))
      await hiddenKey(till.cdp, ' ', () => commit(till.cdp, '咖啡'))
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
