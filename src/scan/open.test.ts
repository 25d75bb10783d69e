import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { type Batch, type Plain, partOf, recordOf } from '../core/index.ts'
import { decide, defaultPolicy } from '../policy/index.ts'
import { type OpenedTable, type OpenOptions, openTable } from './open.ts'
import { open } from './reader.ts'
import { scan } from './scan.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-open-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}
async function all(table: Pick<OpenedTable, 'batches'>, take?: (index: number) => boolean): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const batch of table.batches(take)) batches.push(batch)
  return batches
}
const cells = (batches: readonly Batch[], role: 'text' | 'label' | 'split') =>
  batches.flatMap(b => [...(b.columns.get(role) ?? [])])
const roles = (table: OpenedTable) => Object.fromEntries(table.columns.flatMap(c => (c.role ? [[c.role, c.name]] : [])))
const line = (text: string, label: string) => `${JSON.stringify({ text, label })}\n`

describe('shards', () => {
  it('become parts whose headers may drift, and the drift is reported', async () => {
    put('drift/a.tsv', 'sentence\tlabel\nfirst words here\t0\n')
    put('drift/b.tsv', 'Sentences \t Label\nsecond words here \t 1\n')
    const table = await openTable([join(folder, 'drift')])
    const batches = await all(table)
    expect(table.parts.map(part => part.name)).toEqual(['a.tsv', 'b.tsv'])
    expect(cells(batches, 'text')).toEqual(['first words here', 'second words here'])
    expect(cells(batches, 'label')).toEqual(['0', '1'])
    expect(batches.flatMap(b => b.defects).map(d => [d.kind, partOf(d.row), d.lost])).toContainEqual([
      'header-drift',
      1,
      false,
    ])
    expect(batches.map(b => partOf(b.rows[0]!))).toEqual([0, 1])
  })

  it('follow a dataset card and say what it leaves out', async () => {
    put(
      'card/README.md',
      '---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n    path: data/train-*\n  - split: test\n    path: data/test-*.jsonl.gz\n---\n# A set\n',
    )
    put('card/data/train-00000-of-00002.jsonl', line('one two three', 'a'))
    put('card/data/train-00001-of-00002.jsonl', line('four five six', 'b'))
    put('card/data/test-00000-of-00001.jsonl.gz', gzipSync(line('seven eight', 'a')))
    put('card/data/extra.jsonl', line('nine ten', 'a'))
    const table = await openTable([join(folder, 'card')])
    const batches = await all(table)
    expect(cells(batches, 'split')).toEqual(['test', 'train', 'train'])
    expect(table.leftOut.map(file => file.name)).toEqual(['data/extra.jsonl'])
    expect((await openTable([join(folder, 'card')], { splits: ['train'] })).parts).toHaveLength(2)
    await expect(openTable([join(folder, 'card')], { config: 'other' })).rejects.toMatchObject({ code: 'bad-option' })
  })

  it('are found by a pattern', async () => {
    put('glob/x/a.jsonl', line('one two', 'a'))
    put('glob/y/b.jsonl', line('three four', 'b'))
    put('glob/y/c.csv', 'text,label\nfive six,c\n')
    const table = await openTable([join(folder, 'glob/**/*.{jsonl,csv}')])
    expect(cells(await all(table), 'label')).toEqual(['a', 'b', 'c'])
  })
})

describe('standard input', () => {
  it('is read again and again, and leaves nothing behind', async () => {
    async function* stdin() {
      yield Buffer.from(line('one two', 'a'))
      yield Buffer.from(line('three four', 'b'))
    }
    const table = await openTable(['-'], { stdin: stdin() })
    for (let pass = 0; pass < 2; pass++) expect(cells(await all(table), 'text')).toEqual(['one two', 'three four'])
    const { path } = table.spec.parts[0]!
    expect(existsSync(path)).toBe(true)
    await table.close()
    expect(existsSync(path)).toBe(false)
  })
})

describe('batches', () => {
  it('taken by turns are the whole, also from the plain description', async () => {
    const many = Array.from({ length: 9000 }, (_, i) =>
      i % 100 === 7 ? '{"broken\n' : line(`row number ${i}`, `${i % 3}`),
    ).join('')
    const paths = [put('turns/a.jsonl', many), put('turns/b.jsonl.gz', gzipSync(many))]
    const table = await openTable(paths, { rowsPerBatch: 500 })
    const whole = (await all(table)).flatMap(b => [...b.rows])
    const again = await open(JSON.parse(JSON.stringify(table.reopen!.spec)) as Plain)
    const turns: number[] = []
    let defects = 0
    for (const turn of [0, 1, 2])
      for (const batch of await all(again as OpenedTable, index => index % 3 === turn)) {
        turns.push(...batch.rows)
        defects += batch.defects.length
      }
    expect(turns.sort((a, b) => a - b)).toEqual(whole)
    expect(whole).toHaveLength(17_820)
    expect(defects).toBe(180)
    expect(recordOf(whole[7]!)).toBe(8)
  })
})

describe('roles', () => {
  const rolesOf = async (content: string, options: OpenOptions = {}) =>
    roles(await openTable([put('roles.csv', content)], options))
  const rows = (make: (i: number) => string) => Array.from({ length: 40 }, (_, i) => `${make(i)}\n`).join('')

  it('come from names', async () => {
    const content = `${['id', 'tweet', 'class', 'domain', 'user', 'created_at', 'count'].join(',')}\n${rows(i => `${i},some words number ${i * i},${i % 3},a${i % 4}.org,u${i % 9},2024-01-0${(i % 9) + 1},${i % 5}`)}`
    const wanted = { id: 'id', text: 'tweet', label: 'class', source: 'domain', actor: 'user', time: 'created_at' }
    expect(await rolesOf(content)).toEqual(wanted)
  })
  it('come from content when names say nothing', async () => {
    expect(await rolesOf(`a,b,c\n${rows(i => `${i},${i % 2},words that differ ${i * 7919}`)}`)).toEqual({
      text: 'c',
      label: 'b',
    })
  })
  it('come from flags before all else', async () => {
    const content = `text,note,label\n${rows(i => `words ${i} here,other words ${i},${i % 2}`)}`
    expect(await rolesOf(content, { roles: { text: 'NOTE' } })).toMatchObject({ text: 'note', label: 'label' })
  })
  it('go by the name where the content is no help', async () => {
    const short = (i: number) => String.fromCharCode(97 + (i % 26))
    expect(await rolesOf(`text,label\n${rows(i => `${short(i)},${i % 2}`)}`)).toEqual({ text: 'text', label: 'label' })
    expect(await rolesOf(`text,label\n${rows(i => `${i},class ${i}`)}`)).toEqual({ text: 'text', label: 'label' })
    expect(await rolesOf(`tweet,code\n${rows(i => `${short(i)},0123456789ab${i}`)}`)).toMatchObject({ text: 'tweet' })
  })
  it('let prose win over a vague name, and find no text where there is none', async () => {
    const titles = `title,notes\n${rows(i => `${i % 2 ? 'Mr' : 'Mrs'},long words about somebody ${i}`)}`
    expect(await rolesOf(titles)).toMatchObject({ text: 'notes' })
    expect(await rolesOf(`text,label\n${rows(i => `,${i % 2}`)}`)).toEqual({ label: 'label' })
    expect(await rolesOf(`width,height\n${rows(i => `${i * 3},${i * 5}`)}`)).not.toHaveProperty('text')
  })
  it('say when another column could be meant', async () => {
    const table = await openTable([
      put('both.csv', `review,comment,label\n${rows(i => `long words of a review ${i},short ${i} it,${i % 2}`)}`),
    ])
    expect(table.columns.find(c => c.role === 'text')).toMatchObject({
      name: 'review',
      because: expect.stringContaining('"comment" could be it too'),
    })
  })
})

const shared = new URL('../../../shared/data/text/', import.meta.url).pathname
describe.skipIf(!existsSync(shared))('real data', () => {
  it.each([
    ['davidson-tweets/labeled_data.csv', 24_783, { text: 'tweet', label: 'class' }],
    ['sms-spam/sms-spam.tsv', 2719, { text: 'text', label: 'label' }],
    ['spam-emails/spam_or_not_spam.csv', 1544, { text: 'email', label: 'class' }],
    ['reviews/rotten-tomatoes-1000.txt', 1000, { text: 'text', label: 'label' }],
    ['sst2/addsent/train.tsv', 6920, { text: 'sentences', label: 'labels' }],
    ['olid/clean/train.tsv', 11_915, { text: 'column1', label: 'column2' }],
  ])('%s', async (name, count, wanted) => {
    const table = await openTable([join(shared, name)])
    expect(roles(table)).toEqual(wanted)
    const batches = await all(table)
    expect(batches.reduce((sum, b) => sum + b.size, 0)).toBe(count)
    expect(batches.flatMap(b => b.defects).filter(d => d.lost)).toEqual([])
  })
})

describe('a column of prose that no detector reads', () => {
  const verdictOf = async (name: string, header: string, row: (i: number) => string) => {
    const content = `${header}\n${Array.from({ length: 60 }, (_, i) => `${row(i)}\n`).join('')}`
    const report = await scan([put(name, content)], { roles: { source: 'note' } })
    return { report, decision: decide(report, defaultPolicy, new Date(0)) }
  }
  const url = (i: number) => `https://example${i}.org/${i}.jpg`
  const sha = (i: number) => i.toString(16).padStart(64, '0')

  it('holds a list of addresses', async () => {
    const said = (i: number) => `one of two long things that people say of it ${i % 2}`
    const { report, decision } = await verdictOf(
      'said.csv',
      'url,sha256,said,note',
      i => `${url(i)},${sha(i)},${said(i)},s${i % 3}`,
    )
    expect(report.coverage.columns).toContainEqual({ name: 'said', prose: true })
    expect(decision.verdict).toBe('hold')
    expect(decision.reasons.map(reason => reason.text).join(' ')).toContain('--text "said"')
  })
  it('is not there in a list of addresses, sizes and digests, which passes', async () => {
    const { report, decision } = await verdictOf(
      'list.csv',
      'url,width,height,sha256,note',
      i => `${url(i)},${i},${i * 2},${sha(i)},s${i % 3}`,
    )
    expect(report.coverage.columns.some(column => column.prose)).toBe(false)
    expect(decision).toMatchObject({ verdict: 'pass', reasons: [] })
  })
})
