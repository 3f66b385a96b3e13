import { type ComputedRef, computed, type InjectionKey, inject, type Ref, ref, watch } from 'vue'
import { en } from './en.ts'
import { type Words, zh } from './zh.ts'

export type Language = 'zh' | 'en'

const WORDS: Readonly<Record<Language, Words>> = { zh, en }
const PLACE = 'f2f.language'

/** Chinese, unless somebody chose otherwise on this machine. */
export const firstLanguage = (kept: string | null): Language => (kept === 'en' ? 'en' : 'zh')

export interface Languages {
  readonly language: Ref<Language>
  readonly words: ComputedRef<Words>
  toggle(): void
}

export const createLanguages = (
  storage: Storage,
  page: { readonly documentElement: { lang: string }; title: string },
): Languages => {
  const language = ref(firstLanguage(storage.getItem(PLACE)))
  const words = computed(() => WORDS[language.value])
  watch(
    language,
    (now) => {
      page.documentElement.lang = now === 'zh' ? 'zh-CN' : 'en'
      page.title = words.value.title
    },
    { immediate: true },
  )
  return {
    language,
    words,
    toggle() {
      language.value = language.value === 'zh' ? 'en' : 'zh'
      storage.setItem(PLACE, language.value)
    },
  }
}

export const LANGUAGES: InjectionKey<Languages> = Symbol('languages')

export const useLanguages = (): Languages => {
  const languages = inject(LANGUAGES)
  if (languages === undefined) throw new TypeError('No languages were provided.')
  return languages
}
