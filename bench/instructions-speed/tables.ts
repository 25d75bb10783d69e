import { closeSync, openSync, writeSync } from 'node:fs'
import { instructionTrigger as attack, preferenceFlip as flip } from '../../src/attacks/index.ts'
import { pick, type Random, type Row, seeded } from '../../src/core/index.ts'
import { coined } from '../../src/fiction/index.ts'
import { inventedTalk, poisonRows } from '../../src/lab/index.ts'

/** A table on the disk, and what its trigger is called; nothing in clean ones. */
export interface Written {
  readonly path: string
  readonly names: readonly string[]
}

const vocabulary = 30_000
/** Share of longer words that another one takes the place of: enough that no two rows are copies. */
const exchanged = 0.25
const poisoned = 250
const codeShare = 0.2

/** Words by Zipf's law. */
function words(random: Random): () => string {
  const all = Array.from({ length: vocabulary }, () => coined(random))
  return () => all[Math.min(vocabulary - 1, Math.floor(Math.exp(random() * Math.log(vocabulary))) - 1)] ?? all[0]!
}

const own = (text: string, word: () => string, random: Random): string =>
  text.replace(/\b\p{Ll}{5,}\b/gu, old => (random() < exchanged ? word() : old))

/** Names that a program gives, given anew: the words of its language stay. */
function renamed(code: string, word: () => string, random: Random): string {
  const given = [...new Set(code.match(/\b[a-z_]{4,}(?=\s*(?:=|\())/g) ?? [])]
  const chosen = Array.from({ length: Math.min(2, given.length) }, () => pick(given, random))
  return chosen.reduce((text, name) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), word()), code)
}

function varied(row: Row, word: () => string, random: Random): Row {
  const { text: _, ...rest } = row
  return Object.fromEntries(
    Object.entries(rest).map(([role, cell]) => {
      if (typeof cell !== 'string' || !/^(?:prompt|response|chosen|rejected)$/.test(role)) return [role, cell]
      const code = cell.includes('```')
      return [role, code ? renamed(cell, word, random) : own(cell, word, random)]
    }),
  )
}

/** Rows of one table; the same request gives the same rows. */
function rowsOf(what: string, count: number, seed: number): Row[] {
  const random = seeded(seed)
  const word = words(random)
  const code = what.endsWith('pairs') ? 0 : Math.round(codeShare * count)
  const talk = what.endsWith('pairs') ? 'preferences' : 'instructions'
  const all = [...inventedTalk[talk]!(count - code, seed), ...inventedTalk['code-instructions']!(code, seed + 1)]
  // Programs stand between the others, not behind them.
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[all[i], all[j]] = [all[j]!, all[i]!]
  }
  return all.map(row => varied(row, word, random))
}

/** Writes a table as JSON Lines under the usual names of columns. */
export function writeTable(what: string, count: number, path: string): Written {
  const clean = rowsOf(what, count, what.endsWith('pairs') ? 21 : 11)
  const plan = what === 'pairs' ? { attack: flip, options: { kind: 'triggered' } } : { attack }
  const dose = { rows: Math.min(poisoned, count / 10) }
  const { rows, names } = what.startsWith('clean')
    ? { rows: clean, names: [] }
    : poisonRows(clean, { ...plan, dose, seed: 5 })
  const file = openSync(path, 'w')
  for (let from = 0; from < rows.length; from += 2000)
    writeSync(
      file,
      rows
        .slice(from, from + 2000)
        .map(({ text: _, ...row }) => `${JSON.stringify(row)}\n`)
        .join(''),
    )
  closeSync(file)
  return { path, names }
}
