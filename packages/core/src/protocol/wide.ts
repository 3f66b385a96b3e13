/**
 * True when two bytes are one GBK character, or half of a four-byte GB18030 one. The second may then look like `\`
 * or `{` without being it.
 */
export const isWidePair = (lead: number, trail: number | undefined): boolean =>
  lead > 0x80 &&
  lead < 0xff &&
  trail !== undefined &&
  ((trail >= 0x40 && trail !== 0x7f && trail !== 0xff) || (trail >= 0x30 && trail <= 0x39))
