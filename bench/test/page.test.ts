import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { BENCHES } from '../src/benches.ts'
import { NOTES } from '../src/notes.ts'
import { inChinese } from '../src/page/names-zh.ts'
import { pagesOf } from '../src/page/page.ts'
import { writePages } from '../src/page/write.ts'
import { madeUpReport } from './report.ts'

const page = (path: string): string => pagesOf(madeUpReport()).get(path) ?? ''

describe('the page about a run', () => {
  it('names the machine and the day', () => {
    expect(page('performance.md')).toContain(
      '**Machine**: Abacus, 2 cores, 4 GiB of memory, linux 6 x64, Node.js 24.0.0',
    )
    expect(page('performance.md')).toContain('on 2026-01-02')
    expect(page('zh/performance.md')).toContain('**机器**: Abacus, 2 核')
  })

  it('says of every figure whose it is, its median and its spread', () => {
    const lines = page('performance.md').split('\n')
    expect(lines).toContain('| ours | f2f, always verified | 3,000 | 2,900–3,100 | queries/s |')
    expect(lines).toContain('| peer | alipay-sdk, not verified (default) | 1,000 | 900–1,100 | queries/s |')
    expect(lines).toContain('| ratio | f2f / limit | 0.6 | 0.5–0.7 |  |')
    expect(lines).toContain('| ours | f2f sign | 2,000 |  | signatures/s |')
  })

  it('says whether a target is met or missed', () => {
    const text = page('performance.md')
    expect(text).toContain('| **f2f / alipay-sdk default** | **3.1** | 2.6–3.3 | target at least 3: met |')
    expect(text).toContain('| **f2f / openssl** | **0.7** |  | target at least 0.85: **missed** |')
    expect(text).toContain('| **faults of f2f** | **0** |  | no target |')
  })

  it('begins with all verdicts in one table', () => {
    const [beforeCases = ''] = page('performance.md').split('\n## ')
    expect(beforeCases).toContain('| How fast are requests signed? | f2f / openssl: 0.7 | at least 0.85 | **missed** |')
    expect(beforeCases).toContain('| Are scans told from typing? | faults of f2f: 0 | no target |  |')
  })

  it('says what bounds each case, in both languages', () => {
    expect(page('performance.md')).toContain(`**What bounds it.** ${NOTES.signing?.en.bounds}`)
    expect(page('zh/performance.md')).toContain(`**瓶颈.** ${NOTES.signing?.zh.bounds}`)
  })

  it('says that a case was not run, and why', () => {
    expect(page('performance.md')).toContain('Not run.\nNot run: no Redis.')
  })

  it('keeps a cell with a bar in it one cell', () => {
    expect(page('performance.md')).toContain('| a\\|b | 0 |')
  })

  it('shows each chart by a link that leads to a file of the same run', () => {
    const pages = pagesOf(madeUpReport())
    for (const path of ['performance.md', 'zh/performance.md']) {
      const links = [...(pages.get(path) ?? '').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, link]) => link ?? '')
      expect(links).toHaveLength(1)
      for (const link of links) expect([...pages.keys()]).toContain(join(path, '..', link))
    }
  })

  it('tells a chart’s figures in words too', () => {
    expect(page('performance/query.svg')).toContain(
      '<desc id="growth-query-desc">f2f, always verified: 1: 1,000 (900–1,100); 10: 300. limit',
    )
    expect(page('performance/query.zh.svg')).toContain('f2f，每次验签: 1: 1,000')
  })

  it('refuses a case nobody wrote a note on', () => {
    const report = madeUpReport()
    const [first] = report.results
    if (first === undefined) throw new Error('the made-up report is empty')
    expect(() => pagesOf({ ...report, results: [{ ...first, id: 'new' }] })).toThrow('no note on new')
  })
})

describe('notes', () => {
  it('are there for every case, and for no other', () => {
    expect(Object.keys(NOTES).sort()).toEqual(BENCHES.map(({ id }) => id).sort())
  })

  it('say in Chinese how a case is measured', () => {
    expect(Object.entries(NOTES).filter(([, { zh }]) => zh.how === undefined)).toEqual([])
  })
})

describe('names in Chinese', () => {
  it('keep their numbers', () => {
    expect(inChinese('f2f, memory store, 100,000')).toBe('f2f，内存存储，100,000 笔')
    expect(inChinese('f2f by query every 5 s, p99')).toBe('f2f，每 5 秒查询，p99')
  })

  it('leave what is called the same in every language', () => {
    expect(inChinese('alipay-sdk checkNotifySign')).toBe('alipay-sdk checkNotifySign')
  })
})

describe('writing the pages', () => {
  it('replaces the charts of an older run', async () => {
    const docs = await mkdtemp(join(tmpdir(), 'f2f-bench-page-'))
    onTestFinished(() => rm(docs, { recursive: true }))
    await writePages(madeUpReport(), docs)
    await writeFile(join(docs, 'performance/old.svg'), '')
    const paths = await writePages(madeUpReport(), docs)
    expect((await readdir(join(docs, 'performance'))).sort()).toEqual(['query.svg', 'query.zh.svg'])
    expect(paths).toContain(join(docs, 'zh/performance.md'))
    expect(await readFile(join(docs, 'performance.md'), 'utf8')).toMatch(/^# Performance\n/)
  })
})
