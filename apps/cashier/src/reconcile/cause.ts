import type { ReconciledDifference } from '@f2f/core/http'
import type { Words } from '../i18n/zh.ts'

/** What a difference most likely comes from; the desk's own words where the page has none. */
export const causeOf = ({ bucket, kind, suggestion }: ReconciledDifference, { reconcile }: Words): string => {
  const causes: Readonly<Record<string, string>> = reconcile.causes
  return causes[`${bucket}.${kind}`] ?? causes[`${bucket}.${suggestion.action}`] ?? suggestion.why
}
