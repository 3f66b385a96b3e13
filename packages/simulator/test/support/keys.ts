import { generatePair } from '../../src/identity/keys.ts'

/** Made once per test file: a key takes longer to make than a test to run. */
export const APP_KEYS = generatePair()
export const ALIPAY_KEYS = generatePair()
export const APP_ID = '2021000000000001'
export const SELLER_ID = '2088000000000001'
