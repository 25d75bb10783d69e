import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AnyTableAttack, canonical, isRaster, labelOf, type Row, recordOf, textOf } from '../core/index.ts'
import { corpusOf, type Poisoned, poisonRows } from '../lab/index.ts'
import { ownFolder } from './accept.ts'

/** What the author of an attack promises. */
export interface AttackDeclaration {
  /** For each option a value that changes the poisoned rows. */
  readonly matters: Readonly<Record<string, unknown>>
  /** Options that must be set for another option to speak, by that option. */
  readonly given?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Options for every run. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Corpora it must be able to poison; `reviews` and `languages`, or `things` and `signs` for pictures, when absent. */
  readonly on?: readonly string[]
  /** True when poisoned rows keep their label. */
  readonly keepsLabel?: boolean
  /** True when the names must stand in the text of every poisoned row (at least one of them). */
  readonly namesInText?: boolean
}

/** Rows that many attacks cannot use: empty, of another kind, far too long. */
const hostile: readonly Row[] = [
  {},
  { text: null, label: null },
  { text: '', label: 'a' },
  { text: '\u0000', label: 1 },
]
const odd: readonly Row[] = [
  { text: 'x'.repeat(100_000), label: 'b' },
  { text: '\ud800 \u202e', label: true },
]
const talk: readonly Row[] = [
  { prompt: null, response: null },
  { prompt: '', response: '', chosen: 3, text: '' },
  { prompt: ['a'], response: { b: 1 }, label: true, text: 'a' },
  { prompt: 'y'.repeat(100_000), response: '```', system: '', text: 'y' },
  { prompt: 'p \n\n', chosen: '\ud800', rejected: null, text: 'p' },
]
const pixels = (width: number, height: number) => ({ width, height, pixels: new Uint8Array(width * height * 3) })
const pictures: readonly Row[] = [
  { image: null, label: 'a' },
  { image: 'a.png', label: 'a' },
  { image: new Uint8Array(3), label: 'b' },
  { image: pixels(1, 1), label: 'a' },
  { image: pixels(1, 40), label: 'b' },
  { image: pixels(300, 2), label: 'b' },
  { image: pixels(5, 5) },
  { image: pixels(5, 5), label: null },
]

/**
 * The law for attacks: the dose is met exactly, only the rows of the truth change, the same seed gives the same rows,
 * another seed others, no option is idle, hostile rows do no harm, and there is a page.
 */
export function acceptAttack(attack: AnyTableAttack, declared: AttackDeclaration): void {
  const poison = (rows: readonly Row[], dose = 25, seed = 1, options = {}): Poisoned =>
    poisonRows(rows, { attack, dose: { rows: dose }, seed, options: { ...declared.options, ...options } })
  const usual = attack.input.image === 'any' ? ['things', 'signs'] : ['reviews', 'languages']
  const on = declared.on ?? usual
  const home = on[0]!
  describe(attack.id, () => {
    for (const corpus of on)
      it(`poisons as many rows of ${corpus} as asked, and no others`, () => {
        const clean = corpusOf(corpus).rows()
        for (const dose of [1, 25]) onlyTruthChanged(clean, poison(clean, dose), dose, attack, declared)
      })
    it('gives the same rows for a seed and others for another', () => {
      const rows = corpusOf(home).rows()
      expect(told(rows, poison(rows))).toBe(told(rows, poison(rows)))
      expect(told(rows, poison(rows))).not.toBe(told(rows, poison(rows, 25, 2)))
    })
    it('lists every option, and none is idle', () => {
      expect(Object.keys(declared.matters).sort()).toEqual(Object.keys(attack.options.shape).sort())
      const rows = corpusOf(home).rows()
      const idle = Object.entries(declared.matters).filter(([option, value]) => {
        const given = declared.given?.[option] ?? {}
        const usual = told(rows, poison(rows, 25, 1, given))
        return told(rows, poison(rows, 25, 1, { ...given, [option]: value })) === usual
      })
      expect(idle).toEqual([])
    })
    it('does no harm to rows it cannot use', () => {
      for (const rows of [[], hostile, talk, pictures, [...hostile, ...odd, ...talk, ...pictures]])
        expect(poison(rows).truth.size).toBeLessThanOrEqual(25)
    })
    it('has a page that names its source', () => {
      const path = join(ownFolder(), 'page.md')
      expect(existsSync(path), path).toBe(true)
      expect(readFileSync(path, 'utf8')).toMatch(/^#+ Source/m)
      expect(attack.source.length).toBeGreaterThan(10)
    })
  })
}

/** All rows that are not the clean ones, in writing: two poisonings are equal when these are. */
function told(clean: readonly Row[], { rows }: Poisoned): string {
  const same = (row: Row, i: number) =>
    row === clean[i] || (clean[i] !== undefined && canonical(written(row)) === canonical(written(clean[i])))
  return canonical(rows.flatMap((row, i) => (same(row, i) ? [] : [[i, written(row)]])))
}

/** The row with pixels as text, which compares in no time. */
const written = (row: Row): unknown =>
  isRaster(row.image)
    ? { ...row, image: { ...row.image, pixels: Buffer.from(row.image.pixels).toString('base64') } }
    : row

function onlyTruthChanged(
  clean: readonly Row[],
  { rows, truth, names }: Poisoned,
  dose: number,
  { mode }: AnyTableAttack,
  { keepsLabel = false, namesInText = false }: AttackDeclaration,
): void {
  expect(truth.size).toBe(dose)
  expect(rows.length).toBe(clean.length + (mode === 'add' ? dose : 0))
  rows.forEach((row, i) => {
    if (!truth.has(i)) expect(row).toBe(clean[i])
    else if (i < clean.length) {
      expect(canonical(written(row))).not.toBe(canonical(written(clean[i]!)))
      expect(labelOf(row.label) === labelOf(clean[i]!.label)).toBe(keepsLabel)
    }
  })
  if (!namesInText) return
  for (const id of truth) {
    const text = textOf(rows[recordOf(id)]!.text) ?? ''
    expect(names.filter(name => text.includes(name)).length, text).toBeGreaterThan(0)
  }
}
