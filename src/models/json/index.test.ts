import { describe, expect, it } from 'vitest'
import { membersOf } from '../../core/index.ts'
import { examined } from '../../kit/models.ts'
import { JsonReader } from './reader.ts'
import { isExplosive } from './regex.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const root = async (text: string | Uint8Array, name = 'x.json') =>
  (await examined(name, typeof text === 'string' ? bytes(text) : text)).root

describe('json', () => {
  it('is told by content, whatever its name', async () => {
    for (const name of ['x.json', 'README.md', 'weights.bin', 'a.py'])
      expect((await root('{"a": [1, true, null, "x"]}', name)).format, name).toBe('json')
    for (const text of ['{% if x %}', '{{ x }}', '[section]\nkey = 1\n', '{a: 1}', '[words] in brackets'])
      expect((await root(text)).format, text).not.toBe('json')
  })

  it('accounts for each byte, also of lines of JSON, byte order marks and UTF-16', async () => {
    const wide = new Uint8Array(Buffer.from('\ufeff{"a": "ü"}', 'utf16le'))
    for (const text of [
      '{"a": 1}\n',
      '{"a": 1}\n{"a": 2}\n',
      '\ufeff{"a": "ü"}',
      wide,
      '{"a": NaN, // x\n "b": [1,],}',
    ]) {
      const { unread, notes, format } = await root(text)
      expect({ format, unread, notes: notes.filter(n => n.severity !== 'info') }).toEqual({
        format: 'json',
        unread: [],
        notes: [],
      })
    }
  })

  it('says doubled keys, and follows each of them', async () => {
    const { notes, programs } = await root('{"auto_map": {"A": "m.X"}, "auto\\u005fmap": {"A": "n.Y"}}')
    expect(notes.map(n => n.rule)).toEqual(['json-duplicate-key'])
    expect(programs[0]!.acts.map(act => act.module)).toEqual(['m', 'n'])
  })

  it('keeps of long lists only what could matter', () => {
    const words = Array.from({ length: 50_000 }, (_, k) => `w${k}`)
    const reader = new JsonReader(bytes(JSON.stringify({ vocab: words, pairs: words.map(w => [w, w]), last: '../x' })))
    const { keys, values = [] } = reader.read().roots[0]!
    expect(keys).toEqual(['vocab', 'pairs', 'last'])
    expect(values[0]!.values!.length + values[0]!.left!).toBe(50_000)
    expect(values[1]!.values!.length).toBeLessThan(5000)
  })

  it('knows patterns that take for ever', () => {
    for (const bad of ['(a+)+', '(?:a|b*)*c', '(\\w+\\s?)*$', '((a)+)+', '([a-z]+){2,}', 'x'.repeat(30_000)])
      expect(isExplosive(bad), bad.slice(0, 40)).toBe(true)
    for (const good of [
      "'s|'t| ?\\p{L}+|\\s+(?!\\S)|\\s+",
      '(?i:[sdmt]|ll)|\\p{N}{1,3}',
      '[+*]+',
      '\\(a+\\)+',
      '(a{1,3})+',
      '(?:a++)*',
    ])
      expect(isExplosive(good), good).toBe(false)
  })

  it('says of every cut and every change that it is read or not', async () => {
    const whole = bytes('{"a": [1, {"b": "c\\n"}, -1.5e3], "auto_map": {"x": "y.z"}}')
    for (let end = 1; end < whole.length; end++) {
      const { format, unread } = await root(whole.slice(0, end))
      expect(unread.length > 0 || format !== 'json', `${end}`).toBe(true)
    }
    for (let k = 0; k < whole.length * 4; k++) {
      const changed = whole.slice()
      changed[(k * 7) % whole.length] = (k * 37) % 256
      const { claims, unread } = await root(changed)
      expect(claims.length + unread.length).toBeGreaterThan(0)
    }
  })

  it('finds templates under any key, in lists by their names, and not in notebooks', async () => {
    const template = '{% for m in messages %}{{ m.content }}{% endfor %}'
    const titles = async (value: unknown) =>
      [...membersOf(await root(JSON.stringify(value)))].flatMap(m => m.programs.map(p => p.title))
    expect(await titles({ chat_template: template })).toEqual(['chat_template'])
    expect(await titles({ chat_template: [{ name: 'rag', template }] })).toEqual(['chat_template.rag'])
    expect(await titles({ deep: { anything: [template] } })).toEqual(['deep.anything.0'])
    expect(await titles({ cells: [{ source: [template] }], nbformat: 4 })).toEqual([])
    expect(await titles({ model: { vocab: { '{{': 1, '{%': 2 } } })).toEqual([])
  })
})
