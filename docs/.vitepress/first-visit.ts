/** Where the browser keeps that it has been led, or has chosen. */
export const CHOICE = 'f2f-language'

/** For the English root page: who prefers Chinese is led to the Chinese one, once. */
export const firstVisit = (base: string): string => `(() => {
  try {
    if (localStorage.getItem('${CHOICE}') !== null) return
    localStorage.setItem('${CHOICE}', 'asked')
    const preferred = (navigator.languages || [navigator.language])[0] || ''
    if (/^zh\\b/i.test(preferred)) location.replace('${base}zh/')
  } catch {}
})()`
