/** What the wedge needs of an element that takes text. Structural, so that the types need no DOM library. */
export interface Field extends EventTarget {
  readonly value?: string
  readonly isContentEditable?: boolean
  readonly textContent?: string | null
  readonly selectionStart?: number | null
  readonly selectionEnd?: number | null
  readonly ownerDocument?: {
    readonly activeElement?: unknown
    execCommand?(command: string, ui: boolean, value: string): boolean
  } | null
  select?(): void
  setSelectionRange?(start: number, end: number): void
  setRangeText?(text: string, start: number, end: number, mode: 'end'): void
}

/** Tells the page of a change it did not make. */
export const announce = (field: Field, type: string): void => {
  field.dispatchEvent(new Event(type, { bubbles: true }))
}

/** Types text into a field, in place of what is selected there, as keys would have done. */
export const insert = (field: Field, text: string): void => {
  const { ownerDocument: page, selectionStart: start } = field
  const command = text ? 'insertText' : 'delete'
  if (page?.activeElement === field && page.execCommand?.(command, false, text)) return
  if (typeof start !== 'number') return
  field.setRangeText?.(text, start, field.selectionEnd ?? start, 'end')
  announce(field, 'input')
}

/** How much text is in an editable element that is no form field. */
const textLength = ({ isContentEditable, textContent }: Field): number =>
  isContentEditable && textContent ? textContent.length : 0

/** Remembers what is in a field; the returned function brings it back. */
export const remember = (field: Field): (() => void) => {
  const { value, selectionStart, selectionEnd } = field
  const length = textLength(field)
  return () => {
    for (let added = textLength(field) - length; added > 0; added--) insert(field, '')
    if (value === field.value) return
    field.select?.()
    insert(field, value ?? '')
    if (typeof selectionStart === 'number') field.setSelectionRange?.(selectionStart, selectionEnd ?? selectionStart)
  }
}
