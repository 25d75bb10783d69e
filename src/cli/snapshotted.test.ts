import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { run } from './program.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bezoar-snapshot-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs a command line in this process. */
async function bezoar(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const said = (spy: typeof out) => spy.mock.calls.map(([text]) => String(text)).join('')
  try {
    const code = await run(args)
    return { code, out: said(out), err: said(err) }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

const header = 'page,revision,time,actor,sha1\n'
const digest = ['--digest', 'sha1'] as const
const lines = [
  'Alpha,1,2024-01-01T00:00:00Z,Ann,aaa',
  'Alpha,2,2024-01-30T23:30:00Z,Run,bad',
  'Beta,3,2024-01-05T00:00:00Z,Ann,b1',
  'Gamma \u202e[31m,6,2024-01-30T12:00:00Z,New,g',
]
const late = 'Alpha,7,2024-01-31T02:00:00Z,Ann,aaa'

const written = async (name: string, rows: readonly string[]): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, header + rows.join('\n'))
  return path
}

describe('bezoar snapshot', () => {
  it('writes a choice that a lock can pin and says what it did within 80 columns', async () => {
    const table = await written('first.csv', lines)
    const choice = join(folder, 'first.jsonl')
    const { code, out } = await bezoar('snapshot', table, ...digest, '--at', '2024-01-31', '-o', choice, '--quiet')
    expect(code).toBe(0)
    expect(
      Math.max(
        ...out
          .split('\n')
          .filter(line => !line.includes(folder))
          .map(line => line.length),
      ),
    ).toBeLessThanOrEqual(80)
    expect(out).toContain('held back to an older              1   1 young')
    const text = await readFile(choice, 'utf8')
    const named = text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { page: string; revision?: string; held?: string })
    expect(named.map(({ revision, held }) => [revision, held])).toEqual([
      ['1', 'young'],
      ['3', undefined],
      [undefined, 'new'],
    ])
    expect(await readdir(folder)).not.toContain('first.jsonl.part')
  })

  it('gives the same numbers as JSON, with the digest of what it wrote', async () => {
    const table = await written('json.csv', lines)
    const choice = join(folder, 'json.jsonl')
    const { out, err } = await bezoar('snapshot', table, ...digest, '--json', '--quiet', '--hold', '30m', '-o', choice)
    const summary = JSON.parse(out) as Record<string, unknown>
    expect(err).toBe('')
    expect(summary).toMatchObject({ pages: 3, holdHours: 0.5, atBecause: 'latest', at: '2024-01-30T23:30:00.000Z' })
    expect(summary.choice).toMatchObject({
      bytes: (await readFile(choice)).length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it('overwrites nothing unless told', async () => {
    const table = await written('again.csv', lines)
    const choice = join(folder, 'again.jsonl')
    await writeFile(choice, 'mine')
    const refused = await bezoar('snapshot', table, '-o', choice, '--quiet')
    expect([refused.code, await readFile(choice, 'utf8')]).toEqual([2, 'mine'])
    expect((await bezoar('snapshot', table, ...digest, '-o', choice, '--quiet', '--force')).code).toBe(0)
  })

  it('compares two choices and names what was undone', async () => {
    const [a, b] = [join(folder, 'a.jsonl'), join(folder, 'b.jsonl')]
    const at = [...digest, '--at', '2024-01-31', '--quiet', '-o'] as const
    await bezoar('snapshot', await written('a.csv', lines), ...at, a)
    await bezoar('snapshot', await written('b.csv', [...lines, late]), ...at, b)
    const { code, out } = await bezoar('snapshot', '--compare', a, b)
    expect(code).toBe(0)
    expect(out).toContain('undone since the first             1')
    expect(out).toContain('2 of 2024-01-30 23:30 → 1 of 2024-01-01 00:00')
    const told = JSON.parse((await bezoar('snapshot', '--compare', a, b, '--json')).out) as { undone: unknown[] }
    expect(told.undone).toHaveLength(1)
  })

  it.each([
    [['snapshot', 'x.csv', '--hold', 'soon'], /90m, 24h or 2d/],
    [['snapshot', 'x.csv', '--at', 'noon'], /2024-01-31/],
    [['snapshot', 'x.csv', '--radius', '0'], /from 1 to 1000/],
    [['snapshot', '--compare', 'one.jsonl'], /takes two choices/],
    [['snapshot', '--compare', 'one.jsonl', 'two.jsonl'], /does not exist/],
    [['snapshot', 'no-such.csv'], /no-such\.csv/],
  ])('refuses %j', async (args, why) => {
    const { code, err } = await bezoar(...args)
    expect(code).toBe(2)
    expect(err).toMatch(why)
  })

  it('chooses from what a cut dump still holds, and says that it is cut', async () => {
    const path = join(folder, 'cut.xml')
    const revision = (id: number, time: string, sha1: string) =>
      `<revision><id>${id}</id><timestamp>${time}</timestamp><sha1>${sha1}</sha1></revision>`
    const page = (title: string, body: string) => `<page><title>${title}</title><ns>0</ns><id>1</id>${body}</page>`
    const whole = page('Alpha', revision(1, '2024-01-01T00:00:00Z', 'aaa') + revision(2, '2024-01-30T23:30:00Z', 'bad'))
    await writeFile(
      path,
      `<mediawiki version="0.11">${whole}<page><title>Beta</title><ns>0</ns><id>2</id><revision><id>`,
    )
    const { code, out } = await bezoar('snapshot', path, '--at', '2024-01-31', '--quiet', '--json')
    const summary = JSON.parse(out) as { pages: number; lost: number; firstLost: string }
    expect([code, summary.pages]).toEqual([0, 1])
    expect(summary.lost).toBeGreaterThan(0)
    expect(summary.firstLost.length).toBeGreaterThan(5)
    expect((await bezoar('snapshot', path, '--at', '2024-01-31', '--quiet')).out).toContain('could not be read')
  })

  it('leaves nothing behind when the table is none of revisions', async () => {
    const path = join(folder, 'other.csv')
    await writeFile(path, 'text,label\nhello there,a\ngood bye now,b\n')
    const { code, err } = await bezoar('snapshot', path, '--quiet', '-o', join(folder, 'other.jsonl'))
    expect(code).toBe(2)
    expect(err).toContain('no column of')
    expect((await readdir(folder)).filter(name => name.startsWith('other.jsonl'))).toEqual([])
  })
})
