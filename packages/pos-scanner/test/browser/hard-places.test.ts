import { describe, expect, test } from 'vitest'
import { handKeys, pressKeysByHand, scannerKeys } from './key-presses.ts'
import { hasBrowser, openTillPage, type TillPage } from './till-page.ts'

const PAYMENT = '287612345678901234'
/** Begins like no payment code, and comes more slowly than a person can be told from. */
const OTHER = '4006381333931'

interface Place {
  readonly html: string
  /** What it holds at first, and after a person has typed `12` into it. */
  readonly before: string
  readonly typed: string
}

/** Where script cannot type as into any input, or must not. */
const PLACES: Readonly<Record<string, Place>> = {
  'a date': { html: '<input type="date" value="2026-03-05">', before: '2026-03-05', typed: '2026-12-05' },
  'a time': { html: '<input type="time" value="10:30">', before: '10:30', typed: '00:30' },
  'a list': { html: '<select><option>0</option><option>12</option></select>', before: '0', typed: '12' },
  'a field that is only read': { html: '<input readonly value="7">', before: '7', typed: '7' },
  'a short field': { html: '<input maxlength="1">', before: '', typed: '1' },
  'an address': { html: '<input type="email">', before: '', typed: '12' },
  'a number in a shadow tree': {
    html: '<span data-shadow="open"><input type="number"></span>',
    before: '',
    typed: '12',
  },
  'editable text in a shadow tree': {
    html: '<span data-shadow="open"><div contenteditable>.</div></span>',
    before: '.',
    typed: '12.',
  },
  'a closed shadow tree': { html: '<span data-shadow="closed"><input></span>', before: '', typed: '12' },
  'a box to tick': { html: '<input type="checkbox">', before: 'on false', typed: 'on false' },
  'a button': { html: '<button onclick="this.value = \'pressed\'">pay</button>', before: '', typed: '' },
}

/** Puts the place into the page and the focus into it. */
const openAt = async ({ html }: Place): Promise<TillPage> => {
  const till = await openTillPage()
  await till.read("till.openWedgeByHand({ suffix: 'Enter' })")
  await till.read(`(() => {
    document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(html)})
    let place = document.body.lastElementChild
    const inside = place.firstElementChild
    if (place.dataset.shadow) {
      place.attachShadow({ mode: place.dataset.shadow }).append(inside)
      place = inside
    }
    place.focus()
    till.held = () => [place.value ?? place.textContent, ...(place.type === 'checkbox' ? [place.checked] : [])].join(' ')
    till.told = []
    for (const type of ['input', 'change']) place.addEventListener(type, () => till.told.push(till.held()))
  })()`)
  return till
}

describe.runIf(hasBrowser)('where keys do something else than write into an input', () => {
  for (const [name, place] of Object.entries(PLACES)) {
    test(`${name}: what a person types arrives`, async () => {
      await using till = await openAt(place)
      await pressKeysByHand(till, handKeys('12', 150))
      expect(await till.read('[till.held(), till.scans, till.seen]')).toEqual([place.typed, [], ['1', '2']])
    })

    for (const [code, perKey] of [
      [PAYMENT, 8],
      [OTHER, 70],
    ] as const) {
      test(`${name}: a scan of ${perKey} ms a key leaves it as it was, and says so`, async () => {
        await using till = await openAt(place)
        await pressKeysByHand(till, scannerKeys([...code, 'Enter'], perKey))
        expect(await till.read('till.scans')).toMatchObject([{ code }])
        expect(await till.read('[till.held(), till.told.at(-1) ?? till.held()]')).toEqual([place.before, place.before])
      })
    }
  }
})

describe.runIf(hasBrowser)('where nothing takes text', () => {
  for (const html of ['<button>pay</button>', '<p>']) {
    for (const perKey of [2, 100]) {
      test(`${html}: no key of a scan of ${perKey} ms a key reaches the page, whatever it begins with`, async () => {
        await using till = await openAt({ html, before: '', typed: '' })
        for (const [index, code] of [OTHER, 'fkx-01234567', `fp${'0aZ'.repeat(11)}`].entries()) {
          const keys = scannerKeys([...code, 'Enter'], perKey)
          await pressKeysByHand(
            till,
            keys.map((key) => ({ ...key, at: key.at + index * 20_000 })),
          )
        }
        expect(await till.read('[till.scans.length, till.seen]')).toEqual([3, []])
      })
    }
  }
})
