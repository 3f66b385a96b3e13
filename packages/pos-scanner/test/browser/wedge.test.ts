import { describe, expect, test } from 'vitest'
import { handKeys, pressKeys, pressKeysByHand, scannerKeys } from './key-presses.ts'
import { hasBrowser, openTillPage } from './till-page.ts'

const CODE = '287612345678901234'
const OTHER = '301234567890123456'
const UNTOUCHED = { input: '12.5', number: '', textarea: 'note:', editable: 'note:', shadow: '' }
/** Silence of a busy machine ends no code. */
const ENTER_ENDS = "till.openWedge({ suffix: 'Enter' })"
const FOCUSES = ['', 'input', 'number', 'textarea', 'editable', 'shadow']
const scanOf = (code: string) => ({ code, kind: 'alipay', source: 'keyboard' })
const focusOf = (id: string): string => (id === 'shadow' ? 'host' : id)

describe.runIf(hasBrowser)('keys of a scanner in a browser', () => {
  const tempos = [
    { perKey: 2, suffix: ['Enter'] },
    { perKey: 20, suffix: ['Tab'] },
    { perKey: 50, suffix: [] },
    { perKey: 100, suffix: ['Enter'] },
  ]
  // By hand: a machine that is busy for a moment lets keys through, as it should, and shows them to the page.
  for (const { perKey, suffix } of tempos) {
    for (const id of FOCUSES) {
      test(`${perKey} ms a key, ${suffix[0] ?? 'no'} suffix, focus in ${id || 'nothing'}: a scan, and nothing else happens`, async () => {
        await using till = await openTillPage()
        await till.read(`till.openWedgeByHand({ suffix: '${suffix[0] ?? 'none'}' })`)
        await till.read(`till.focus('${id}')`)
        await pressKeysByHand(till, scannerKeys([...CODE, ...suffix], perKey))
        expect(await till.read('till.scans')).toEqual([scanOf(CODE)])
        expect(await till.read('till.look()')).toEqual({ ...UNTOUCHED, focus: focusOf(id) })
        expect(await till.read('[till.seen, till.submits]')).toEqual([[], 0])
      })
    }
  }

  const others = ['MEMBER-0012345678', 'https://qr.alipay.com/fkx0123?t=A_b', '6901234567892']
  for (const id of FOCUSES) {
    test(`other codes, focus in ${id || 'nothing'}: scans, and nothing of them stays`, async () => {
      await using till = await openTillPage()
      await till.read(ENTER_ENDS)
      await till.read(`till.focus('${id}')`)
      for (const code of others) await pressKeys(till.cdp, scannerKeys([...code, 'Enter'], 8))
      await till.until(`till.scans.length === ${others.length}`)
      expect(await till.read('till.scans')).toMatchObject(others.map((code) => ({ code })))
      expect(await till.read('till.look()')).toEqual({ ...UNTOUCHED, focus: focusOf(id) })
      expect(await till.read('till.submits')).toBe(0)
    })
  }

  test('two scans in a row are two, the same code again is none', async () => {
    await using till = await openTillPage()
    await till.read(ENTER_ENDS)
    await till.read("till.focus('input')")
    for (const code of [CODE, OTHER, CODE]) await pressKeys(till.cdp, scannerKeys([...code, 'Enter'], 5))
    await till.until('till.scans.length > 1')
    expect(await till.read('till.scans')).toEqual([scanOf(CODE), scanOf(OTHER)])
    expect(await till.read('till.look()')).toMatchObject(UNTOUCHED)
  })

  test('as Playwright types them', async () => {
    await using till = await openTillPage()
    // The wedge's clock stands still: a busy machine makes pauses between these keys.
    await till.read('till.openWedgeByHand()')
    await till.read("till.focus('input')")
    await till.page.keyboard.type(CODE)
    await till.page.keyboard.press('Enter')
    await till.until('till.scans.length > 0')
    expect(await till.read('till.scans')).toEqual([scanOf(CODE)])
    expect(await till.read('till.look()')).toMatchObject(UNTOUCHED)
  })

  test('as simulateScan sends them', async () => {
    await using till = await openTillPage()
    await till.read(ENTER_ENDS)
    await till.read("till.focus('input')")
    await till.read(`till.simulateScan('${CODE}')`)
    expect(await till.read('till.scans')).toEqual([scanOf(CODE)])
    expect(await till.read('till.look()')).toMatchObject(UNTOUCHED)
  })

  test('after close: typing like any other, and no listener is left', async () => {
    await using till = await openTillPage()
    const listeners = async (): Promise<number> => {
      const { result } = await till.cdp.send('Runtime.evaluate', { expression: 'window' })
      const found = await till.cdp.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' })
      return found.listeners.length
    }
    const before = await listeners()
    await till.read('till.openWedge()')
    expect(await listeners()).toBe(before + 4)
    await till.read('till.close()')
    expect(await listeners()).toBe(before)
    await till.read("till.focus('input')")
    await pressKeys(till.cdp, scannerKeys([...CODE, 'Enter'], 5))
    expect(await till.read('till.scans')).toEqual([])
    expect(await till.read('till.look()')).toMatchObject({ input: `12.5${CODE}` })
    expect(await till.read('till.submits')).toBe(1)
  })
})

describe.runIf(hasBrowser)('keys of a person in a browser', () => {
  for (const { confirmTyped, scans, input } of [
    { confirmTyped: false, scans: [], input: `12.5${CODE}` },
    { confirmTyped: true, scans: [{ ...scanOf(CODE), source: 'typed' }], input: '12.5' },
  ]) {
    test(`that are a payment code are ${confirmTyped ? 'a scan where the caller allows it' : 'no scan'}`, async () => {
      await using till = await openTillPage()
      await till.read(`till.openWedge({ confirmTyped: ${confirmTyped} })`)
      await till.read("till.focus('input')")
      await pressKeys(till.cdp, handKeys([...CODE, 'Enter'], 120))
      await till.until(`till.submits + till.scans.length === 1`)
      expect(await till.read('till.scans')).toEqual(scans)
      expect(await till.read('till.look()')).toMatchObject({ input })
    })
  }

  for (const id of FOCUSES.slice(1)) {
    test(`reach ${id} and the page in order, and are no scan`, async () => {
      await using till = await openTillPage()
      await till.read(ENTER_ENDS)
      await till.read(`till.focus('${id}')`)
      const before = await till.read<Record<string, string>>('till.look()')
      await pressKeys(till.cdp, handKeys('2876.15', 130))
      await till.until(`till.look()['${id}'] === '${before[id]}2876.15'`)
      expect(await till.read('till.seen')).toEqual([...'2876.15'])
      // A scan now shows that the typing before it was none.
      await pressKeys(till.cdp, scannerKeys([...OTHER, 'Enter'], 8, 400))
      await till.until('till.scans.length > 0')
      expect(await till.read('till.scans')).toEqual([scanOf(OTHER)])
      expect(await till.read('till.look()')).toEqual({ ...before, [id]: `${before[id]}2876.15` })
    })

    test(`in ${id} stay while a scan comes in`, async () => {
      await using till = await openTillPage()
      await till.read(ENTER_ENDS)
      await till.read(`till.focus('${id}')`)
      const before = await till.read<Record<string, string>>('till.look()')
      const keys = [...handKeys('5807', 140), ...scannerKeys([...CODE, 'Enter'], 15, 210)]
      await pressKeys(till.cdp, keys)
      await till.until(`till.look()['${id}'] === '${before[id]}5807'`)
      expect(await till.read('till.scans')).toEqual([scanOf(CODE)])
    })
  }
})
