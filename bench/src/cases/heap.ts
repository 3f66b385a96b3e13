import type { Bench } from '../bench.ts'
import { GROWTH_ROUNDS, type Growth, type GrowthLine } from '../growth.ts'
import { type Role, ratios } from '../report.ts'
import { runWaiting } from '../waiting-heap.ts'
import { runLoops } from '../waiting-loops.ts'

const SIZES = [1_000, 10_000, 100_000]

const grouped = (payments: number): string => payments.toLocaleString('en-US')

export const heap: Bench = {
  id: 'heap',
  run: async ({ isFull }) => {
    const ours: { size: number; samples: number[] }[] = []
    const peers: { size: number; samples: number[] }[] = []
    let timers = 0
    for (const size of SIZES) {
      const [mine, byHand]: [number[], number[]] = [[], []]
      for (let round = 0; round < (isFull ? GROWTH_ROUNDS : 1); round += 1) {
        const held = await runWaiting(size)
        timers = Math.max(timers, held.timers)
        mine.push(held.bytesEach)
        byHand.push((await runLoops(size)).bytesEach)
      }
      ours.push({ size, samples: mine })
      peers.push({ size, samples: byHand })
    }
    const lines: readonly GrowthLine[] = [
      { name: 'f2f, memory store', role: 'ours', points: ours },
      { name: 'written by hand on alipay-sdk, no journal', role: 'peer', points: peers },
    ]
    const growth: Growth = { work: 'waiting payments', cost: 'bytes of heap for each', lines }
    const most = SIZES.at(-1) ?? 0
    const rowsFor = (line: GrowthLine, role: Role) =>
      line.points.map(({ size, samples }) => ({ name: `${line.name}, ${grouped(size)}`, unit: 'bytes', role, samples }))
    return {
      name: `What a waiting payment holds in memory, ${SIZES.map(grouped).join(', ')} in one process`,
      how: 'In the memory store, each with its history; heap after a full collection, less what was there before. Written by hand a payment is a suspended call with a timer of its own, and nothing that could be asked, listed or recovered.',
      rows: [
        ...lines.flatMap((line) => rowsFor(line, line.role ?? 'ours')),
        {
          name: `f2f / written by hand, ${grouped(most)}`,
          unit: '',
          samples: ratios(ours.at(-1)?.samples, peers.at(-1)?.samples),
        },
        { name: `timers of f2f, ${grouped(most)}`, unit: 'timers', role: 'ours', samples: [timers] },
      ],
      verdict: {
        name: `f2f, bytes for each of ${grouped(most)}`,
        samples: ours.at(-1)?.samples ?? [],
        target: { atMost: 2_048 },
      },
      growth,
    }
  },
}
