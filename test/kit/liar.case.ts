import { z } from 'zod'
import { attack, detector, type Format, labelOf } from '../../src/core/index.ts'
import { accept, acceptAttack, acceptFormat } from '../../src/kit/index.ts'
import { labelCounts } from '../../src/statistics/index.ts'

let calls = 0

/** Breaks every law for detectors: cries on clean rows, sees no attack, changes its mind, and talks in blanks. */
const liar = detector({
  id: 'liar',
  title: 'Breaks the law',
  threat: 'label-flipping',
  input: { table: { label: 'category' } },
  cost: 'scan',
  options: z.object({ idle: z.number().default(1), forgotten: z.number().default(1) }),
  messages: { cry: 'Something is wrong with {nobody}.', silent: 'Never said.' },
  async *detect({ table, claim }) {
    await table.measure({ labels: labelCounts.request({ limit: 5 }) })
    const rest = { score: ++calls, expected: 0, examples: [] }
    yield claim('cry', 'hold', { kind: 'rows', total: 1, ...rest }, { rows: [0] })
  },
})

accept(liar, {
  clean: ['comments'],
  caught: [{ attack: 'word-trigger', on: 'comments', dose: { rows: 20 } }],
  missed: [{ attack: 'nothing', on: 'comments', dose: { rows: 1 }, because: 'there is no such attack' }],
  matters: { idle: 2 },
})

/** Breaks the law for attacks: touches only the text, and forgets the dose. */
const dud = attack({
  id: 'dud',
  title: 'Breaks the law',
  threat: 'label-flipping',
  source: 'x',
  input: { label: 'category' },
  options: z.object({ idle: z.number().default(1) }),
  plan: () => ({ names: [], poison: (row, nth) => (nth < 10 ? { label: labelOf(row.label) } : null) }),
})
acceptAttack(dud, { matters: { idle: 2 } })

/** Breaks the law for formats: knows everything, reads nothing, trips over odd bytes. */
const clumsy: Format = {
  id: 'clumsy',
  title: 'Breaks the law',
  extensions: [],
  access: 'stream',
  sniff: () => 3,
  async open(source) {
    for await (const bytes of source.stream()) if (bytes.includes(255)) throw new Error('odd byte')
    return {
      columns: ['a'],
      async *records() {
        yield { index: 0, size: 0, records: new Float64Array(0), columns: new Map(), defects: [] }
      },
    }
  },
}
const bytes = new TextEncoder().encode('a\n1\n')
acceptFormat(clumsy, { golden: [{ name: 'one', bytes, rows: [{ a: '1' }] }], foreign: [{ name: 'other', bytes }] })
