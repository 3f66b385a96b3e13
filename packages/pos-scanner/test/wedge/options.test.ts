import { describe, expect, test, vi } from 'vitest'
import type { EventSender } from '../../src/listen.ts'
import { openScanner } from '../../src/scanner.ts'
import { keyboardWedge } from '../../src/wedge/keyboard-wedge.ts'
import { FakePage } from '../helpers/fake-page.ts'
import { openTill, withEnter } from '../helpers/wedge-harness.ts'

const CODE = '287612345678901234'

class InsertEvent extends Event {
  readonly data: string | null
  readonly clipboardData: { getData(): string } | null

  constructor(type: string, text: string, cancelable = true) {
    super(type, { bubbles: true, cancelable })
    this.data = type === 'beforeinput' ? text : null
    this.clipboardData = type === 'paste' ? { getData: () => text } : null
  }
}

describe('a prefix', () => {
  test('is taken off, also after what was just typed', () => {
    const till = openTill({}, { prefix: '~!' })
    till.page.focused = till.page.field('')
    till.keys('88', { perKey: 150, hold: 90 })
    till.keys(withEnter(`~!${CODE}`), { perKey: 10 })
    expect(till.codes()).toEqual([CODE])
    expect(till.page.focused.value).toBe('88')
  })

  test('leaves digits that people type alone from the first moment', () => {
    const till = openTill({}, { prefix: '~!' })
    expect(till.page.down({ key: '2' }).defaultPrevented).toBe(false)
    expect(till.page.down({ key: '~' }).defaultPrevented).toBe(true)
  })

  test('proves short and slow codes', () => {
    const till = openTill({}, { prefix: '~', minLength: 4 })
    till.keys(withEnter('~0042'), { perKey: 90, hold: 5 })
    expect(till.codes()).toEqual(['0042'])
  })

  test('stands before the AIM identifier', () => {
    const till = openTill({}, { prefix: '~' })
    till.keys(withEnter(`~]C0${CODE}`), { perKey: 10 })
    expect(till.scans).toMatchObject([{ code: CODE, aim: ']C0' }])
  })
})

describe('an AIM identifier', () => {
  test('is part of the code where the caller says the scanner sends none', () => {
    const till = openTill({}, { aim: false })
    till.keys(withEnter(`]C0${CODE}`), { perKey: 10 })
    expect(till.scans).toMatchObject([{ code: `]C0${CODE}`, kind: 'qr-text' }])
  })

  test('does not show in a field, not even of a slow scanner', () => {
    const till = openTill()
    till.page.focused = till.page.field('')
    till.keys(withEnter(`]Q3${CODE}`), { perKey: 100 })
    expect(till.codes()).toEqual([CODE])
    expect(till.page.focused.inputs).toEqual([])
  })
})

describe('text put in as a whole', () => {
  for (const type of ['paste', 'beforeinput']) {
    test(`${type} of a payment code is a scan and stays out of the field`, () => {
      const till = openTill()
      const event = new InsertEvent(type, `${CODE}\n`)
      till.page.window.dispatchEvent(event)
      expect(till.scans).toMatchObject([{ code: CODE, source: 'paste' }])
      expect(event.defaultPrevented).toBe(true)
    })

    test(`${type} of anything else is left alone`, () => {
      const till = openTill()
      const event = new InsertEvent(type, 'order 20260101')
      till.page.window.dispatchEvent(event)
      expect(till.codes()).toEqual([])
      expect(event.defaultPrevented).toBe(false)
    })

    test(`${type} is left alone when the caller says so`, () => {
      const till = openTill({ paste: false })
      till.page.window.dispatchEvent(new InsertEvent(type, CODE))
      expect(till.codes()).toEqual([])
    })
  }

  test('the Enter after it is swallowed with it', () => {
    const till = openTill()
    till.page.window.dispatchEvent(new InsertEvent('beforeinput', CODE))
    till.keys(['Enter'], { perKey: 5 })
    expect(till.page.seen).toEqual([])
  })

  test('what cannot be prevented is no scan', () => {
    const till = openTill()
    till.page.window.dispatchEvent(new InsertEvent('beforeinput', CODE, false))
    expect(till.codes()).toEqual([])
  })
})

describe('closing', () => {
  test('removes every listener it added, from the capture phase', () => {
    const listeners = new Set<string>()
    const name = (type: string, { capture }: { readonly capture: boolean }): string => `${type} ${capture}`
    const target: EventSender = {
      addEventListener: (type, _, options) => listeners.add(name(type, options)),
      removeEventListener: (type, _, options) => listeners.delete(name(type, options)),
    }
    const scanner = openScanner({ source: keyboardWedge({ target }), onScan: () => {} })
    expect([...listeners].sort()).toEqual(['beforeinput true', 'keydown true', 'keyup true', 'paste true'])
    scanner.close()
    expect([...listeners]).toEqual([])
  })

  test('leaves the page to the next scanner', () => {
    const till = openTill()
    till.scanner.close()
    till.keys(withEnter(CODE), { perKey: 5 })
    expect(till.codes()).toEqual([])
    expect(till.page.seen).toEqual(withEnter(CODE))
  })

  test('gives back what was waiting and leaves no timer', () => {
    const till = openTill()
    till.page.focused = till.page.field('')
    till.page.down({ key: '2' })
    till.scanner.close()
    expect(till.page.focused.value).toBe('2')
    expect(till.clock.pending()).toBe(0)
  })
})

describe('on a server', () => {
  test('the source can be made, and starting it says that there is no page', () => {
    const source = keyboardWedge()
    expect(() => openScanner({ source, onScan: () => {} })).toThrow(TypeError)
  })
})

describe('by the machine clock', () => {
  test('time stamps that count from elsewhere, as those of jsdom, do no harm', () => {
    vi.useFakeTimers()
    try {
      const page = new FakePage()
      const codes: string[] = []
      openScanner({ source: keyboardWedge({ target: page.window }), onScan: ({ code }) => codes.push(code) })
      for (const key of CODE) {
        page.down({ key, timeStamp: Date.now() })
        page.up({ key, timeStamp: Date.now() })
        vi.advanceTimersByTime(5)
      }
      vi.advanceTimersByTime(400)
      expect(codes).toEqual([CODE])
    } finally {
      vi.useRealTimers()
    }
  })

  test('a scan is found although the page stalls in the middle: keys count by when the system got them', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const now = vi.spyOn(performance, 'now')
    const wall = vi.spyOn(Date, 'now')
    try {
      const start = 1_000
      const show = (ms: number): void => {
        now.mockReturnValue(start + ms)
        wall.mockReturnValue(Date.UTC(2026, 0, 1) + ms)
      }
      show(0)
      const page = new FakePage()
      const codes: string[] = []
      openScanner({ source: keyboardWedge({ target: page.window }), onScan: ({ code }) => codes.push(code) })
      for (const [index, key] of withEnter(CODE).entries()) {
        const happened = index * 60
        // The page hangs from the fifth key on for two seconds, and then gets all keys at once.
        show(index < 5 ? happened : Math.max(2_000, happened))
        page.down({ key, timeStamp: start + happened })
        page.up({ key, timeStamp: start + happened + 2 })
      }
      expect(codes).toEqual([CODE])
    } finally {
      vi.restoreAllMocks()
      vi.useRealTimers()
    }
  })
})
