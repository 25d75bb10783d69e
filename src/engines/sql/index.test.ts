import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cell, type Dialect, labelOf, type SqlTable, tableOfRows, words } from '../../core/index.ts'
import { groupLabels, labelCounts, rowsOf, statistics } from '../../statistics/index.ts'
import { chooseEngine } from '../choose.ts'
import type { SqlClient } from './client.ts'
import { duckdbClient } from './duckdb.ts'

const hard = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        'Cf',
        ' ',
        '.',
        '電',
        'ก',
        '\u{20000}',
        '👍🏽',
        'e\u0301',
        'İ',
        'ẞ',
        '\u00a0',
        '\ufeff',
        "'",
        '\u200b',
      ),
      { maxLength: 20 },
    )
    .map(a => a.join('')),
)

async function all(client: SqlClient, sql: string) {
  const rows = []
  for await (const row of client.run(sql)) rows.push(row)
  return rows
}

describe('DuckDB', () => {
  let client: SqlClient
  beforeAll(async () => {
    client = await duckdbClient({ threads: 1, memoryMegabytes: 256 })
  })
  afterAll(() => client.close())

  const loaded = (cells: readonly Cell[]): Promise<SqlTable> =>
    client.load(
      tableOfRows(
        't',
        cells.map(text => ({ text, label: text })),
        7,
      ),
      ['text', 'label'],
      () => {},
    )

  it('cuts and lower-cases texts as the tokeniser does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hard, { minLength: 1, maxLength: 200 }), async texts => {
        const { relation, column } = await loaded(texts)
        const got = await all(
          client,
          `SELECT ${client.dialect.tokens(column('text'))} AS t FROM ${relation} ORDER BY row_id`,
        )
        expect(got.map(row => row.t)).toEqual(texts.map(words))
      }),
      { numRuns: 25 },
    )
  })

  it('cuts every single character as the tokeniser does', async () => {
    const texts: string[] = []
    for (let first = 0; first < 0x32000; first += 64) {
      if (first >= 0xd800 && first < 0xe000) continue
      const characters = Array.from({ length: 64 }, (_, i) => String.fromCodePoint(first + i))
      texts.push(characters.map(c => `a${c}${c}.`).join(' '))
    }
    const { relation, column } = await loaded(texts)
    const got = await all(
      client,
      `SELECT ${client.dialect.tokens(column('text'))} AS t FROM ${relation} ORDER BY row_id`,
    )
    const wrong = texts.filter((text, i) => JSON.stringify(got[i]!.t) !== JSON.stringify(words(text)))
    expect(wrong).toEqual([])
  })

  it('reads labels as the fold does', async () => {
    const cells: Cell[] = [...'\t\n\v\f\r \u00a0\u1680\u2003\u2028\u202f\u205f\u3000\ufeff\u200b\u0085'].map(
      c => `${c} a${c}b ${c}`,
    )
    cells.push(1, 1.5, true, null, '', ' ', ['x', { y: 1 }], 1e21)
    const { relation, column } = await loaded(cells)
    const got = await all(
      client,
      `SELECT ${client.dialect.label(column('label'))} AS l FROM ${relation} ORDER BY row_id`,
    )
    expect(got.map(row => row.l)).toEqual(cells.map(labelOf))
  })

  it('offers pairs, distinct tokens, rows of an array, conditional counts and digests', async () => {
    const { relation, column } = await loaded(['a b a b', 'a', ''])
    const { tokens, ngrams, distinct, concat, explode, countIf, sha256, literal } = client.dialect
    const t = tokens(column('text'))
    const grams = await all(
      client,
      `SELECT ${distinct(concat([t, ngrams(t, 2)]))} AS g FROM ${relation} ORDER BY row_id`,
    )
    expect(grams.map(row => [...(row.g as string[])].sort())).toEqual([['a', 'a b', 'b', 'b a'], ['a'], []])
    const exploded = `SELECT token, ${countIf(`token = ${literal('a')}`)} AS n FROM (${explode(relation, t, 'token', ['row_id'])}) AS e GROUP BY token ORDER BY token`
    expect(await all(client, exploded)).toEqual([
      { token: 'a', n: 3 },
      { token: 'b', n: 0 },
    ])
    expect(await all(client, `SELECT ${sha256(literal("o'k"))} AS d`)).toEqual([
      { d: createHash('sha256').update("o'k").digest('hex') },
    ])
  })

  it.each([
    "SELECT * FROM read_text('/etc/hostname')",
    "COPY (SELECT 1) TO '/tmp/bezoar-leak.csv'",
    'INSTALL httpfs',
    "ATTACH '/tmp/other.duckdb'",
    'SET enable_external_access = true',
    "SET memory_limit = '100GB'",
  ])('refuses %s', async sql => {
    await expect(all(client, sql)).rejects.toThrow(/disabled|not allowed|locked|cannot|Permission/i)
  })
})

/** What another database would bring: enough to see that a statistic's SQL is made of the dialect's primitives alone. */
const clickhouse: Dialect = {
  id: 'clickhouse-like',
  literal: text => `'${text.replaceAll("'", "\\'")}'`,
  tokens: text => `extractAll(lowerUTF8(${text}), 'w+')`,
  ngrams: (tokens, n) =>
    `arrayMap(i -> arrayStringConcat(arraySlice(${tokens}, i, ${n}), ' '), range(1, length(${tokens})))`,
  distinct: array => `arrayDistinct(${array})`,
  concat: arrays => `arrayConcat(${arrays.join(', ')})`,
  explode: (relation, array, as, keep) =>
    `SELECT ${[...keep, `arrayJoin(${array}) AS ${as}`].join(', ')} FROM ${relation}`,
  countIf: condition => `countIf(${condition})`,
  sha256: text => `lower(hex(SHA256(${text})))`,
  label: text => `nullIf(trimBoth(${text}), '')`,
}

it('asks another database in its own words', () => {
  const from: SqlTable = { relation: 'corpus.rows', rowId: 'id', column: role => `\`${role}\`` }
  expect(labelCounts.sql!.select(clickhouse, from, { limit: 1 })).toMatchInlineSnapshot(
    `"SELECT label, count(*) AS n FROM (SELECT nullIf(trimBoth(\`label\`), '') AS label FROM corpus.rows) GROUP BY label"`,
  )
  expect(groupLabels.sql!.select(clickhouse, from, { role: 'source' })).toMatchInlineSnapshot(
    `"SELECT value, label, count(*) AS n FROM (SELECT nullIf(trimBoth(\`source\`), '') AS value, nullIf(trimBoth(\`label\`), '') AS label FROM corpus.rows) AS cells GROUP BY value, label"`,
  )
  expect(groupLabels.sql!.select(clickhouse, from, { role: 'time', window: 'day' })).toBeNull()
})

describe('the SQL engine', () => {
  it('answers by SQL, folds the rest, and leaves nothing behind', async () => {
    const before = (await readdir(tmpdir())).filter(name => name.startsWith('bezoar-sql-'))
    const rows = Array.from({ length: 500 }, (_, i) => ({ text: `t ${i}`, label: i % 5 ? 'a' : ' b' }))
    const table = tableOfRows('t', rows, 64)
    const seen: string[] = []
    const engine = await chooseEngine(table, { engine: 'sql', onRows: (n, pass) => seen.push(`${pass}:${n}`) })
    const { counts, three } = await engine.measure({
      counts: labelCounts.request({ limit: 9 }),
      three: rowsOf.request({ rows: [3], roles: ['text'] }),
    })
    expect(counts.labels).toEqual([
      { label: 'a', rows: 400 },
      { label: 'b', rows: 100 },
    ])
    expect([...three.rows]).toEqual([[3, { text: 't 3' }]])
    expect(engine.rows).toBe(500)
    expect(seen).toContain('1:500')
    await engine.close()
    const after = (await readdir(tmpdir())).filter(name => name.startsWith('bezoar-sql-'))
    expect(after.filter(name => !before.includes(name))).toEqual([])
  })

  it('has statistics with an SQL form to answer', () => {
    expect(statistics.filter(s => s.sql).map(s => s.id)).toContain('label-counts')
  })
})
