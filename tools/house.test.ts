import { describe, expect, it } from 'vitest'
import { breachesOf } from './house.ts'

const rules = (file: string, text: string) => breachesOf(file, text).map(b => b.rule)

describe('the house rules', () => {
  it('counts depth without else-if chains', () => {
    const chain = 'function f(a: number) { if (a) { } else if (a > 1) { } else if (a > 2) { } else if (a > 3) { } }'
    expect(rules('src/scan/x.ts', chain)).toEqual([])
    const nest = 'function f(a: number) { if (a) { for (;;) { while (a) { if (a > 2) { a++ } } } } }'
    expect(rules('src/scan/x.ts', nest)).toEqual(['control flow 4 deep; at most 3'])
  })

  it('keeps clocks, chance and the world out of the pure folders', () => {
    const text = 'export const f = () => [Date.now(), Math.random(), process.pid, new Date()]'
    expect(rules('src/core/x.ts', text)).toHaveLength(4)
    expect(rules('src/cli/x.ts', text)).toEqual([])
    expect(rules('src/core/x.ts', "import { readFileSync } from 'node:fs'\nreadFileSync('x')")).toHaveLength(1)
    expect(rules('src/core/x.ts', 'export const f = (a: { process: number }) => a.process')).toEqual([])
  })

  it('limits files and functions but not lists of data', () => {
    const line = 'export const a = () => 1\n'
    expect(rules('src/scan/x.ts', line.repeat(301))).toEqual(['301 lines of code; at most 300'])
    expect(rules('src/scan/x.ts', `export const list = [\n${'  1,\n'.repeat(400)}]\n`)).toEqual([])
    expect(rules('src/scan/x.ts', `function f() {\n${'  f()\n'.repeat(50)}}\n`)).toEqual([
      'a function of 52 lines; at most 50',
    ])
  })

  it('refuses names that say nothing', () => {
    expect(rules('src/scan/utils.ts', '')).toEqual(['a name that says nothing'])
    expect(rules('src/scan/x.ts', 'export interface RowManager {}')).toHaveLength(1)
  })
})
