import { launchBrowser } from '@f2f/test-browser'
import { afterAll, describe } from 'vitest'
import { bookTests } from './browser/books.ts'
import { chargeTests } from './browser/charge.ts'
import { deviceTests } from './browser/device.ts'
import { lostTests } from './browser/lost.ts'
import { qrTests } from './browser/qr.ts'
import { reconcileTests } from './browser/reconcile.ts'
import { sightTests } from './browser/sight.ts'
import { walletTests } from './browser/wallet.ts'
import { benchWith } from './support/bench.ts'

const chromium = await launchBrowser()

/** One browser for all, a page for each test. */
describe.runIf(chromium)(`the till in ${chromium?.name ?? 'a browser, of which there is none here'}`, () => {
  if (chromium === undefined) return
  afterAll(chromium.close)
  const bench = benchWith(chromium.browser)

  // Each test has a counter and a browser profile of its own.
  describe.concurrent('side by side', () => {
    chargeTests(bench)
    qrTests(bench)
    lostTests(bench)
    bookTests(bench)
    reconcileTests(bench)
    walletTests(bench)
    deviceTests(bench)
    sightTests(bench)
  })
})
