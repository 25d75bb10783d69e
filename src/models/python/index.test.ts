import { describe, expect, it } from 'vitest'
import { examined } from '../../kit/models.ts'
import { sourceActs } from './source.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const root = async (text: string | Uint8Array, name: string) =>
  (await examined(name, typeof text === 'string' ? bytes(text) : text)).root
const named = (source: string) => sourceActs(source).acts.map(a => `${a.kind} ${a.module}.${a.name}`)

describe('python', () => {
  it('is told by content', async () => {
    expect((await root('import os\n\ndef f():\n    pass\n', 'handler')).format).toBe('python')
    expect((await root('# Title\n\nimport this idea\n', 'README.md')).format).toBe('text')
  })

  it('says what is imported and called, through other names, not in strings or comments', () => {
    expect(named('import os as o\no.system("x")  # o.popen("y")\n')).toEqual(['import os.', 'call os.system'])
    expect(named('from subprocess import run as r, Popen\nr(["x"])\n"Popen()"\n')).toEqual([
      'import subprocess.run',
      'import subprocess.Popen',
      'call subprocess.run',
    ])
    expect(named("'''\nimport os\n'''\nexec ( x )\n")).toEqual(['call builtins.exec'])
    expect(named('from .helper import (a,\n  b)\n')).toEqual(['import .helper.a', 'import .helper.b'])
  })

  it('does not take for ever', () => {
    for (const source of [
      "'".repeat(300_000),
      '"""'.repeat(100_000),
      'a.'.repeat(200_000),
      '('.repeat(300_000),
      'import a, '.repeat(50_000),
      '\\'.repeat(300_000),
    ]) {
      const started = performance.now()
      sourceActs(source)
      expect(performance.now() - started, source.slice(0, 20)).toBeLessThan(2000)
    }
  })
})

describe('text', () => {
  it('claims text only', async () => {
    expect(await root('words and ünïcödé\n', 'a')).toMatchObject({ format: 'text', unread: [] })
    for (const bad of [
      [65, 0, 66, 67],
      [128, 4, 149, 1],
      [65, 66, 7, 67],
    ])
      expect((await root(Uint8Array.from(bad), 'a.txt')).unread.length).toBeGreaterThan(0)
    const tail = Uint8Array.from([...new Uint8Array(100_000).fill(65), 0, 1, 2])
    expect((await root(tail, 'a.txt')).unread.length).toBeGreaterThan(0)
  })
})
