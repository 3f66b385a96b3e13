/** What the wedge needs of an element that takes text. Structural, so that the types need no DOM library. */
export interface Field extends EventTarget {
  value?: string | undefined
  readonly type?: string
  readonly isContentEditable?: boolean
  readonly textContent?: string | null
  readonly selectionStart?: number | null
  readonly selectionEnd?: number | null
  readonly ownerDocument?: { execCommand?(command: string, ui: boolean, value: string): boolean } | null
  matches?(selector: string): boolean
  select?(): void
  setSelectionRange?(start: number, end: number): void
  readonly setRangeText?: ((text: string, start: number, end: number, mode: 'end') => void) | undefined
}

/** Tells the page of a change it did not make. */
export const announce = (field: Field, type: string): void => {
  field.dispatchEvent(new Event(type, { bubbles: true }))
}

/** Whether what keys write into it can be taken out again. */
export const takesText = ({ isContentEditable, setRangeText }: Field): boolean => isContentEditable || !!setRangeText

/** Whether only a person can type into it: dates, times, lists. What is kept from it cannot be given back. */
export const isForHands = ({ type }: Field): boolean => /^(date|month|select|time|week)/.test(type as string)

/** Types text into a field, in place of what is selected there, as keys would have done: nothing where they would not. */
export const insert = (field: Field, text: string): void => {
  const { ownerDocument: page, selectionStart: start, selectionEnd } = field
  if (page?.execCommand && field.matches?.(':focus-within'))
    page.execCommand(text ? 'insertText' : 'delete', false, text)
  else if (start != null) {
    field.setRangeText?.(text, start, selectionEnd as number, 'end')
    announce(field, 'input')
  }
}

/** How much text is in an editable element that is no form field. */
const textLength = ({ isContentEditable, textContent }: Field): number =>
  isContentEditable ? (textContent as string).length : 0

/** Remembers what is in a field; the returned function brings it back. */
export const remember = (field: Field): (() => void) => {
  const { value, selectionStart, selectionEnd } = field
  const length = textLength(field)
  return () => {
    for (let added = textLength(field) - length; added > 0; added--) insert(field, '')
    if (isForHands(field)) {
      field.value = value
      announce(field, 'input')
      announce(field, 'change')
    } else if (value !== field.value) {
      field.select?.()
      insert(field, value as string)
      if (selectionStart != null) field.setSelectionRange?.(selectionStart, selectionEnd as number)
    }
  }
}
