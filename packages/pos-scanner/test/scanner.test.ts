import { describe, expect, test } from 'vitest'
import { classifyAuthCode, openScanner, type Scan, type ScannerProblem } from '../src/index.ts'
import { simulatedScanner } from '../src/testing/index.ts'
import { createManualClock } from './helpers/manual-clock.ts'

const CODE = '287612345678901234'
const OTHER = '134567890123456789'

const openTill = (options: { dedupeWithin?: number; maxLength?: number } = {}) => {
  const clock = createManualClock()
  const scans: Scan[] = []
  const problems: ScannerProblem[] = []
  const simulated = simulatedScanner()
  const scanner = openScanner({
    source: simulated.source,
    clock,
    onScan: (scan) => scans.push(scan),
    onProblem: (problem) => problems.push(problem),
    ...options,
  })
  return { clock, scans, problems, scanner, ...simulated }
}

describe('the same code', () => {
  test('within three seconds is one scan, later another', () => {
    const { clock, scans, send } = openTill()
    send(CODE)
    clock.advance(2_999)
    send(CODE)
    expect(scans).toHaveLength(1)
    clock.advance(3_000)
    send(CODE)
    expect(scans).toHaveLength(2)
  })

  test('that stays in front of the scanner stays one scan', () => {
    const { clock, scans, send } = openTill()
    for (let seconds = 0; seconds < 20; seconds++) {
      send(CODE)
      clock.advance(1_000)
    }
    expect(scans).toHaveLength(1)
  })

  test('is one scan also when another came in between', () => {
    const { clock, scans, send } = openTill()
    for (const code of [CODE, OTHER, CODE]) {
      send(code)
      clock.advance(500)
    }
    expect(scans.map(({ code }) => code)).toEqual([CODE, OTHER])
  })

  test('is a scan each time where the caller says so', () => {
    const { scans, send } = openTill({ dedupeWithin: 0 })
    send(CODE)
    send(CODE)
    expect(scans).toHaveLength(2)
  })
})

describe('a scan', () => {
  test('has its code, whose it is, where it came from and when', () => {
    const { clock, scans, send } = openTill()
    send(`]C0${CODE}\r\n`)
    expect(scans).toEqual([{ code: CODE, kind: 'alipay', source: 'simulated', aim: ']C0', at: clock.now() }])
  })

  test('of another wallet is told apart by name', () => {
    const codes = [CODE, OTHER, '6212345678901234567', 'https://example.com', '4006381333931', `fp${'a'.repeat(33)}`]
    expect(codes.map(classifyAuthCode)).toEqual(['alipay', 'wechat', 'unionpay', 'qr-text', 'unknown', 'alipay'])
  })

  test('whose handler fails does not keep the next from coming', () => {
    const codes: string[] = []
    const { source, send } = simulatedScanner()
    openScanner({
      source,
      onScan: ({ code }) => {
        codes.push(code)
        throw new Error('the till is on fire')
      },
    })
    expect(() => send(CODE)).toThrow('the till is on fire')
    expect(() => send(OTHER)).toThrow('the till is on fire')
    expect(codes).toEqual([CODE, OTHER])
  })
})

describe('a problem', () => {
  test('carries no code', () => {
    const { problems, send, fail } = openTill({ maxLength: 10 })
    send(CODE)
    fail('UNPLUGGED')
    expect(problems.map(({ code }) => code)).toEqual(['TOO_LONG', 'UNPLUGGED'])
    expect(JSON.stringify(problems)).not.toContain('2876')
  })

  test('nobody asked for is nothing', () => {
    const { source, fail } = simulatedScanner()
    openScanner({ source, onScan: () => {} })
    expect(() => fail('FAILED')).not.toThrow()
  })
})

describe('a closed scanner', () => {
  test('reports nothing, whatever its source still says', () => {
    const clock = createManualClock()
    const heard: string[] = []
    const scanner = openScanner({
      clock,
      source: {
        start(sink) {
          clock.setTimeout(() => {
            sink.text(CODE, 'simulated')
            sink.problem('FAILED')
          }, 10)
          return () => {}
        },
      },
      onScan: () => heard.push('scan'),
      onProblem: () => heard.push('problem'),
    })
    scanner.close()
    clock.advance(20)
    expect(heard).toEqual([])
  })
})
