import { fileURLToPath } from 'node:url'

export default {
  skipTrailingSlashRedirect: true,
  turbopack: { root: fileURLToPath(new URL('../../../../..', import.meta.url)) },
}
