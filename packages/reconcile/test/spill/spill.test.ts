import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hash } from '../../src/spill/hash.ts'
import { Spill, type SpillLimits, type SpillRecord } from '../../src/spill/spill.ts'
import { SpillFile } from '../../src/spill/spill-file.ts'
import { temporaryFolder } from '../support/folder.ts'

const TINY: SpillLimits = { parts: 3, buffer: 120, part: 200 }

/** The records by key, as the parts bring them together; a key in two parts would be a mistake. */
const grouped = async (records: readonly SpillRecord[], limits: SpillLimits, folder: string) => {
  const file = new SpillFile(folder)
  const spill = new Spill(file, limits)
  try {
    for (const each of records) await spill.add(each)
    const groups = new Map<string, unknown[]>()
    let largest = 0
    let parts = 0
    for await (const part of spill.parts()) {
      parts++
      largest = Math.max(largest, JSON.stringify(part).length)
      const seen = new Set(groups.keys())
      for (const [key, ...rest] of part) {
        expect(seen.has(key)).toBe(false)
        groups.set(key, [...(groups.get(key) ?? []), rest])
      }
    }
    return { groups: [...groups].sort(([one], [other]) => (one < other ? -1 : 1)), largest, parts }
  } finally {
    await file.remove()
  }
}

const expected = (records: readonly SpillRecord[]) => {
  const groups = new Map<string, unknown[]>()
  for (const [key, ...rest] of records) groups.set(key, [...(groups.get(key) ?? []), rest])
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1))
}

const record = fc.tuple(
  fc.oneof(
    fc.integer({ min: 0, max: 40 }).map((n) => `T${n}`),
    fc.string({ maxLength: 6 }),
  ),
  fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer(), fc.constant(null)),
)

test('records of one key come together, in their order, whatever goes to the disk', async () => {
  const folder = await temporaryFolder()
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 120 }), async (records) => {
      expect((await grouped(records, TINY, folder)).groups).toEqual(expected(records))
    }),
    { numRuns: 60 },
  )
})

test('a part that is too large is dealt out again until it fits', async () => {
  const records = Array.from({ length: 3_000 }, (_, index): SpillRecord => [`order-${index}`, 'x'.repeat(20)])
  const { groups, largest } = await grouped(records, { parts: 8, buffer: 600, part: 4_000 }, await temporaryFolder())
  expect(groups).toHaveLength(3_000)
  expect(largest).toBeLessThan(4_500)
})

test('a part that is dealt out again costs no more buffers than it needs', async () => {
  const limits: SpillLimits = { parts: 512, buffer: 600, part: 4_000 }
  const together = Array.from({ length: 100_000 }, (_, index) => `order-${index}`).filter(
    (key) => hash(key, 0) % limits.parts === 7,
  )
  const records = together.map((key): SpillRecord => [key, 'x'.repeat(60)])
  const { groups, largest, parts } = await grouped(records, limits, await temporaryFolder())
  expect(groups).toHaveLength(together.length)
  expect(largest).toBeLessThan(limits.part)
  expect(parts).toBeGreaterThan(4)
  expect(parts).toBeLessThan(40)
})

test('what is longer than what is read at a time comes back in its order', async () => {
  const records = Array.from(
    { length: 3_000 },
    (_, index): SpillRecord => ['the only one', index, index % 500 === 250 ? '长'.repeat(70_000) : 'x'.repeat(90)],
  )
  const limits: SpillLimits = { parts: 2, buffer: 8_000, part: 5_000_000 }
  const { groups } = await grouped(records, limits, await temporaryFolder())
  expect(groups).toEqual(expected(records))
})

test('one key larger than a part stays together all the same', async () => {
  const records = Array.from({ length: 200 }, (_, index): SpillRecord => ['the only one', index])
  const { groups } = await grouped(records, TINY, await temporaryFolder())
  expect(groups).toEqual([['the only one', records.map(([, index]) => [index])]])
})

test('what fits into memory never touches the disk, and nothing is left behind', async () => {
  const folder = await temporaryFolder()
  await grouped([['a', 1]], TINY, folder)
  expect(await readdir(folder)).toEqual([])
  const file = new SpillFile(folder)
  await file.append([Buffer.from('x')])
  const [made = ''] = await readdir(folder)
  await access(join(folder, made))
  await file.remove()
  expect(await readdir(folder)).toEqual([])
})
