/** How a maker lays out a report. Protocol §11.2. */
export type Layout = 'access-is' | 'one-byte-further' | 'newland' | 'microscan'

interface Shape {
  readonly number: number
  /** Where the data begins, and how much of it fits, in the report behind its number. */
  readonly start: number
  readonly room: number
  readonly hasAim: boolean
}

const SHAPES: Readonly<Record<Layout, Shape>> = {
  'access-is': { number: 2, start: 4, room: 56, hasAim: true },
  'one-byte-further': { number: 2, start: 5, room: 56, hasAim: true },
  newland: { number: 2, start: 1, room: 56, hasAim: false },
  microscan: { number: 1, start: 1, room: 62, hasAim: false },
}

export interface Report {
  readonly number: number
  /** 63 bytes, without the number. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

const AIM = /^\][A-Za-z]\d/

/** The reports in which a scanner sends a text; an AIM identifier in front of it goes where the maker has it. */
export const reportsOf = (text: string, layout: Layout = 'access-is'): readonly Report[] => {
  const { number, start, room, hasAim } = SHAPES[layout]
  const aim = hasAim ? (AIM.exec(text)?.[0] ?? '') : ''
  const data = new TextEncoder().encode(text.slice(aim.length))
  const parts = Array.from({ length: Math.max(1, Math.ceil(data.length / room)) }, (_, index) =>
    data.subarray(index * room, (index + 1) * room),
  )
  return parts.map((part, index) => {
    const bytes = new Uint8Array(63)
    bytes[0] = part.length
    bytes.set(new TextEncoder().encode(aim), Math.max(0, start - 3))
    if (aim === '') bytes.fill(0, 1, start)
    bytes.set(part, start)
    if (number === 2) bytes[62] = index < parts.length - 1 ? 1 : 0
    return { number, bytes }
  })
}
