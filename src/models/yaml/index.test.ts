import { describe, expect, it } from 'vitest'
import { examined } from '../../kit/models.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const root = async (text: string, name = 'x.yaml') => (await examined(name, bytes(text))).root
const acts = async (text: string) =>
  (await root(text)).programs.flatMap(p => p.acts.map(act => `${act.kind} ${act.module}.${act.name} ${act.by}`))

describe('yaml', () => {
  it('is told by content, whatever its name', async () => {
    for (const name of ['MLmodel', 'x.txt', 'weights.bin'])
      expect((await root('a: 1\nb:\n  - c\n', name)).format, name).toBe('yaml')
    for (const text of [
      '---\ntitle: x\n---\n\n# A page\n\nWords.\n',
      'Some words: and more\nand prose\n',
      '- a list\n- of words\n',
    ])
      expect((await root(text, 'x.md')).format, text).toBe('text')
  })

  it('resolves tags as loaders do', async () => {
    expect(await acts('a: !!python/object/apply:os.system ["true"]\n')).toEqual([
      'call os.system !!python/object/apply',
    ])
    expect(await acts('%TAG !x! tag:yaml.org,2002:python/name:\n---\na: !x!os.system ""\n')).toEqual([
      'import os.system !!python/name',
    ])
    expect(await acts('a: !!python/tuple [1, 2]\nb: !!str x\nc: !!set {a}\nd: !!binary aGk=\n')).toEqual([])
    expect(await acts('a: !new:torch.nn.Linear\n  x: 1\nb: !ref <a>\n')).toEqual(['call torch.nn.Linear !new'])
  })

  it('finds tags in what it cannot parse, and in what is too long', async () => {
    for (const text of [
      'a: !!python/name:os.system\nb: [\n',
      `${'k: {a: [1]}\n'.repeat(20_000)}z: !!python/name:os.system\n`,
    ])
      expect(await acts(text)).toContain('import os.system !!python/name')
  })

  it('reads long lists of labels without a parser, and what stands behind them', async () => {
    const text = `labels:\n${Array.from({ length: 30_000 }, (_, k) => `- w${k}`).join('\n')}\nmodel:\n  _target_: os.system\n`
    const { programs, unread, notes } = await root(text)
    expect({ unread, notes }).toEqual({ unread: [], notes: [] })
    const [act] = programs[0]!.acts
    expect(text.slice(act!.offset)).toMatch(/^os\.system/)
  })

  it('takes no time and no memory for hostile texts', async () => {
    const hostile = [
      '- '.repeat(100_000),
      '? '.repeat(100_000),
      `a: ${'['.repeat(100_000)}`,
      `a: ${'{'.repeat(30_000)}`,
      '&a '.repeat(20_000),
      '!a '.repeat(20_000),
      `a: "${'x\n '.repeat(20_000)}`,
      '%\n'.repeat(30_000),
      '---\na: b\n'.repeat(6000),
      `a: '${"''".repeat(30_000)}`,
      '#\n'.repeat(30_000),
      Array.from({ length: 1000 }, (_, k) => `${' '.repeat(k)}a:`).join('\n'),
      'a: *a\n'.repeat(9000),
      'a: &a [*a, *a]\n'.repeat(3000),
      'a: |\n'.repeat(9000),
    ]
    for (const text of hostile) {
      const started = performance.now()
      await root(text)
      expect(performance.now() - started, JSON.stringify(text.slice(0, 30))).toBeLessThan(2000)
    }
  }, 60_000)

  it('says of every cut and every change that it is read or not', async () => {
    const whole = 'a: &x [1, {b: "c"}]\nd: *x\ne: !!python/tuple\n  - 1\n---\nf: |\n  g\n'
    for (let end = 1; end < whole.length; end++) {
      const { claims, unread } = await root(whole.slice(0, end))
      expect(claims.length + unread.length).toBeGreaterThan(0)
    }
  })
})
