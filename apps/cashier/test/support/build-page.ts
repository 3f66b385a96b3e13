import { mkdir } from 'node:fs/promises'
import { build } from 'vite'
import { PAGE_UNDER_TEST, SCREENSHOTS } from './place.ts'

/** Tests see the page as its sources are now. */
export const setup = async (): Promise<void> => {
  await mkdir(SCREENSHOTS, { recursive: true })
  await build({ logLevel: 'error', build: { outDir: PAGE_UNDER_TEST } })
}
