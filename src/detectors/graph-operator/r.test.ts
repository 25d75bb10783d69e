import { describe, expect, it } from 'vitest'
import type { Act } from '../../core/index.ts'
import { judgeR } from './r.ts'

const judged = (kind: Act['kind'], name: string, by: string, module = '') =>
  judgeR({ kind, module, name, args: [], offset: 0, count: 1, by })?.severity

describe('judgeR', () => {
  it('blocks promises where data must be, whatever they do', () => {
    expect(judged('call', 'promise', 'promise in data')).toBe('block')
    expect(judged('call', 'promise', 'promise in environment')).toBe('info')
    expect(judged('call', 'my_function', 'promise')).toBe('hold')
    expect(judged('call', 'mean', 'promise')).toBe('info')
    expect(judged('call', 'forced promise', 'promise in environment')).toBe('info')
    expect(judged('call', 'system', 'promise')).toBe('block')
    expect(judged('call', 'system', 'binding')).toBe('block')
    expect(judged('call', 'eval', 'binding')).toBe('hold')
  })

  it('blocks functions that start programs, and lets models have functions and expressions', () => {
    expect(judged('call', 'system', 'function')).toBe('block')
    expect(judged('call', 'system', 'data')).toBe('hold')
    expect(judged('call', 'predict', 'function')).toBe('info')
    expect(judged('call', 'eval', 'function')).toBe('info')
    expect(judged('call', 'lm', 'data')).toBe('info')
    expect(judged('import', '', 'namespace', 'stats')).toBe('info')
    expect(judged('import', 'external pointer', 'pointer')).toBe('info')
    expect(judged('set', '.First', 'data')).toBe('block')
    expect(judged('persist', 'x', 'persistent')).toBe('hold')
  })
})
