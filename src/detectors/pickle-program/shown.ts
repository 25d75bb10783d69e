import {
  type Act,
  type Figure,
  type Found,
  isWorse,
  type ListingLine,
  linesAround,
  linesOf,
  listingFigure,
  namesFigure,
  type Program,
  type Value,
} from '../../core/index.ts'
import type { Judged } from './judge.ts'
import { written } from './names.ts'

/** Lines of a program that are asked for. */
const mostRead = 4000

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
export const pictureOf = ({ member }: Found<Program>, lines: readonly ListingLine[]): Figure =>
  listingFigure(`What loading ${member.path} would do`, member.path, lines)

/** The picture of all names that a program uses. */
export function namesOf({ member }: Found<Program>, judged: readonly Judged[]): Figure {
  const names = new Map<string, Extract<Figure, { kind: 'names' }>['names'][number]>()
  for (const { act, named, list, why } of judged) {
    const name = written(named)
    const known = names.get(name)
    const does = act.kind === 'import' ? (known?.does ?? 'named') : 'called'
    const worst = known && isWorse(known.list, list) ? known : { list, why }
    names.set(name, { name, list: worst.list, why: worst.why, does, times: Math.max(known?.times ?? 0, act.count) })
  }
  return namesFigure(`Names used by ${member.path}`, member.path, names.values())
}
