/** FNV-1a over UTF-16 units; another `level` gives another hash of the same key. */
export const hash = (key: string, level: number): number => {
  let value = 0x811c9dc5 ^ Math.imul(level + 1, 0x9e3779b1)
  for (let index = 0; index < key.length; index++) {
    value = Math.imul(value ^ key.charCodeAt(index), 0x01000193)
  }
  // The low bits of FNV alone are weak.
  value ^= value >>> 15
  return Math.imul(value, 0x2c1b3c6d) >>> 0
}
