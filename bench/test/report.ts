import type { Report } from '../src/report.ts'

/** A run that never was, with everything a page has to cope with. */
export const madeUpReport = (): Report => ({
  at: '2026-01-02T03:04:05.678Z',
  isFull: true,
  machine: { cpu: 'Abacus', cores: 2, memoryGiB: 4, system: 'linux 6 x64', node: '24.0.0', nodeOpenssl: '3.5.0' },
  results: [
    {
      id: 'query',
      seconds: 3,
      name: 'query, 32 callers',
      how: 'The server signs nothing.',
      rows: [
        { name: 'f2f, always verified', unit: 'queries/s', role: 'ours', samples: [3_000, 3_100, 2_900] },
        { name: 'alipay-sdk, not verified (default)', unit: 'queries/s', role: 'peer', samples: [900, 1_000, 1_100] },
        { name: 'f2f / limit', unit: '', samples: [0.5, 0.6, 0.7] },
      ],
      verdict: { name: 'f2f / alipay-sdk default', samples: [3.3, 3.1, 2.6], target: { atLeast: 3 } },
      growth: {
        work: 'callers',
        cost: 'µs per query',
        lines: [
          {
            name: 'f2f, always verified',
            role: 'ours',
            points: [
              { size: 1, samples: [900, 1_000, 1_100] },
              { size: 10, samples: [300] },
            ],
          },
          {
            name: 'limit: sign, node:http, verify, nothing else',
            role: 'limit',
            points: [{ size: 1, samples: [500] }],
          },
        ],
      },
    },
    {
      id: 'signing',
      seconds: 1,
      name: 'Signing',
      how: 'One key.',
      rows: [{ name: 'f2f sign', unit: 'signatures/s', role: 'ours', samples: [2_000] }],
      verdict: { name: 'f2f / openssl', samples: [0.7], target: { atLeast: 0.85 } },
    },
    {
      id: 'scanner',
      seconds: 1,
      name: 'Scanners',
      how: 'Generated keys.',
      table: [
        ['library', 'missed'],
        ['a|b', '0'],
      ],
      rows: [],
      verdict: { name: 'faults of f2f', samples: [0] },
    },
    { id: 'workers', seconds: 0, name: 'Workers', how: 'Not run: no Redis.', rows: [] },
  ],
})
