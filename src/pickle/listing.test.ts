import { describe, expect, it } from 'vitest'
import { memoryBytes } from '../core/index.ts'
import { runPickle } from './index.ts'

const bytes = (text: string) => Uint8Array.from(text, letter => letter.charCodeAt(0))
const listing = (text: string, lines = 50) =>
  runPickle(memoryBytes(bytes(text)), 0, { steps: 1e6 }).program.listing!(lines)

describe('a pickle as statements', () => {
  it('has one for each thing done, with its place', () => {
    expect(listing("cos\nsystem\n(S'true'\nI1\ntR}S'a'\nNsb.")).toEqual([
      '0: from os import system',
      "24: v0 = os.system('true', 1)",
      "33: v0.__setstate__({'a': None})",
      '34: return v0',
    ])
    expect(listing('coperator\nattrgetter\n)R)R.').slice(1)).toEqual([
      '22: v0 = operator.attrgetter()',
      '24: v1 = v0()',
      '25: return v1',
    ])
    expect(listing("cos\nenviron\nS'A'\nK\x01s0Pid\n\x82\x01\x93.").slice(1)).toEqual([
      "19: os.environ['A'] = 1",
      "21: v0 = persistent_load('id')",
      '25: v1 = extension(1)',
      '27: v2 = stack_global(v0, v1)',
      '28: return v2',
    ])
  })

  it('says where a stream breaks', () => {
    expect(listing('cm\nf\n)R\xff').at(-1)).toContain('# Byte 0xff is no opcode')
  })

  it('stays on one line each, whatever the letters are', () => {
    const [line] = listing("cm\x1b\nf\\n'\n.")
    expect(line).toBe("0: from 'm\\u001b' import 'f\\\\n\\''")
    expect(listing(`cm\nf\n(${"S'x'\n".repeat(500)}tR.`)[1]!.length).toBeLessThan(500)
  })

  it('shows first what is done for the first time, and how much is left out', () => {
    const many = listing(`${'cm\nf\n)R0'.repeat(300)}cos\nsystem\n)R.`, 10)
    expect(many).toHaveLength(10)
    expect(many.join('\n')).toContain('os.system()')
    expect(many.at(-1)).toMatch(/^# … \d+ statements more$/)
  })
})
