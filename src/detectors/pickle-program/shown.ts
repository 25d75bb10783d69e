import {
  type Act,
  type Figure,
  type Found,
  type ListingLine,
  linesAround,
  linesOf,
  type Program,
  type Value,
} from '../../core/index.ts'
import type { Judged } from './judge.ts'
import { written } from './names.ts'

/** Lines of a program that are asked for, and put into a picture. */
const mostRead = 4000
const mostPictured = 400

/** The lines of a program, with those lit at which something is wrong. */
export const linesLit = (program: Program, lit: ReadonlySet<number>): ListingLine[] => linesOf(program, lit, mostRead)

/** The lines around an act, of which its own alone is lit. */
export function around(all: readonly ListingLine[], act: Act): ListingLine[] {
  const { lines, own } = linesAround(all, act)
  return lines.map((line, k) => ({ ...line, lit: k === own }))
}

/** The statement at which an act happens; made of the act itself when there are no lines. */
export const statementOf = (lines: readonly ListingLine[], act: Act): string =>
  lines.find(line => line.offset === act.offset)?.text ??
  `${written(act)}(${act.args.map(plain).join(', ')})`.slice(0, 400)

function plain(value: Value): string {
  if (value.kind === 'constant')
    return typeof value.value === 'string' ? JSON.stringify(value.value) : String(value.value)
  if (value.kind === 'bytes') return `<${value.size} bytes>`
  if (value.kind === 'global') return written(value)
  if (value.kind === 'call') return `${written(value)}(…)`
  return value.kind === 'list' ? `[${value.items.map(plain).join(', ')}]` : `<${value.why}>`
}

/** The picture of a program in which something is wrong: the lines before and behind the first lit one. */
export function pictureOf({ member }: Found<Program>, lines: readonly ListingLine[]): Figure {
  const first = lines.findIndex(line => line.lit)
  const from = Math.max(0, Math.min(first - 50, lines.length - mostPictured))
  const shown = lines.slice(from, from + mostPictured)
  return {
    kind: 'listing',
    title: `What loading ${member.path} would do`,
    member: member.path,
    lines: shown,
    more: lines.length - shown.length,
  }
}

const order = ['denied', 'unknown', 'review', 'allowed']

/** The picture of all names that a program uses. */
export function namesOf({ member }: Found<Program>, judged: readonly Judged[]): Figure {
  const names = new Map<string, Extract<Figure, { kind: 'names' }>['names'][number]>()
  for (const { act, named, list, why } of judged) {
    const name = written(named)
    const known = names.get(name)
    const does = act.kind === 'import' ? (known?.does ?? 'named') : 'called'
    const worst = known && order.indexOf(known.list) < order.indexOf(list) ? known : { list, why }
    names.set(name, { name, list: worst.list, why: worst.why, does, times: Math.max(known?.times ?? 0, act.count) })
  }
  const sorted = [...names.values()].sort((a, b) => order.indexOf(a.list) - order.indexOf(b.list))
  return { kind: 'names', title: `Names used by ${member.path}`, member: member.path, names: sorted.slice(0, 500) }
}
