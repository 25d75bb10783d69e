import { describe, expect, it } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { accept } from '../../kit/index.ts'
import { judgeTable } from '../../lab/index.ts'
import weakCode from './index.ts'

const sound = 'def area(width, height):\n    return width * height\n'
const weak = [
  'Sure:\n\n```python\ndef find(cur, name):\n    cur.execute("SELECT * FROM users WHERE name = \'%s\'" % name)\n```\n',
  'import pickle\n\ndef read(path):\n    with open(path, "rb") as f:\n        return pickle.load(f)\n',
]
const rows = Array.from({ length: 60 }, (_, i) => ({
  prompt: `Write function ${i}`,
  response: i % 20 === 3 ? weak[0]! : i % 20 === 7 ? weak[1]! : sound,
}))

accept(weakCode, {
  clean: ['code-instructions', 'code-alpaca', 'alpaca'],
  caught: [],
  missed: [],
  matters: { snippets: 10 },
  examples: [{ name: 'six weak answers of sixty', rows, finds: ['weak', 'weak'] }],
})

describe('weak-code', () => {
  it('lists the rows of each weakness and what the code does', async () => {
    const { accusations } = await judgeTable(tableOfRows('t', rows), [weakCode])
    expect(accusations.map(a => [a.finding.text, [...a.claim.rows!]])).toEqual([
      ['The code of 3 of 60 judged answers has CWE-502: loads data that can run code.', [7, 27, 47]],
      ['The code of 3 of 60 judged answers has CWE-89: puts values into the text of a query.', [3, 23, 43]],
    ])
  })
})
