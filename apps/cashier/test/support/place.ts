import { fileURLToPath } from 'node:url'

export const PAGE_UNDER_TEST = fileURLToPath(new URL('../../.artifacts/page', import.meta.url))
export const SCREENSHOTS = fileURLToPath(new URL('../../.artifacts/screenshots', import.meta.url))
export const FAILURES = fileURLToPath(new URL('../../.artifacts/failures', import.meta.url))
