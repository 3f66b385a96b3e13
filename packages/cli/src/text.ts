export type Language = 'zh' | 'en'

/** The same words in both languages. */
export interface Text {
  readonly zh: string
  readonly en: string
}

export const text = (zh: string, en: string): Text => ({ zh, en })

export const isLanguage = (value: unknown): value is Language => value === 'zh' || value === 'en'

/** As POSIX has it: `LC_ALL`, then `LC_MESSAGES`, then `LANG`; `F2F_LANG` goes before them. */
export const languageOf = (env: Readonly<Record<string, string | undefined>>): Language => {
  const { F2F_LANG, LC_ALL, LC_MESSAGES, LANG } = env
  if (isLanguage(F2F_LANG)) return F2F_LANG
  return [LC_ALL, LC_MESSAGES, LANG].find((value) => value)?.startsWith('zh') ? 'zh' : 'en'
}
