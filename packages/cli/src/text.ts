export type Language = 'zh' | 'en'

/** The same words in both languages. */
export interface Text {
  readonly zh: string
  readonly en: string
}

export const text = (zh: string, en: string): Text => ({ zh, en })

export const isLanguage = (value: unknown): value is Language => value === 'zh' || value === 'en'

/** The locale's, as POSIX has it: `LC_ALL`, then `LC_MESSAGES`, then `LANG`. */
export const languageOf = (env: Readonly<Record<string, string | undefined>>): Language => {
  const { LC_ALL, LC_MESSAGES, LANG } = env
  return [LC_ALL, LC_MESSAGES, LANG].find((value) => value)?.startsWith('zh') ? 'zh' : 'en'
}
