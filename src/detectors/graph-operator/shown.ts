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
import type { Verdict } from './verdict.ts'

/** Lines of a program that are asked for, and put into a picture. */
const mostRead = 20_000
const mostPictured = 400
const mostNames = 500
const mostText = 500

/** An act's name as people write it: `domain::Name`; of a file or an address the text itself. */
export const nameOf = ({ kind, module, name }: Act): string =>
  kind === 'reach' ? JSON.stringify(name) : module === '' ? name : `${module}::${name}`

/** The lines of a program, with those lit that stand at one of the places. */
export const linesLit = (program: Program, lit: ReadonlySet<number>): ListingLine[] => linesOf(program, lit, mostRead)

/** The lines around an act. */
export const around = (lines: readonly ListingLine[], act: Act): ListingLine[] => linesAround(lines, act).lines

/** The line at which an act happens; made of the act itself when there is none. */
export const statementOf = (lines: readonly ListingLine[], act: Act): string => {
  const line = lines.find(each => each.offset === act.offset && each.text.includes(act.name))
  return line?.text ?? `${nameOf(act)}(${act.args.map(plain).join(', ')})`.slice(0, mostText)
}

function plain(value: Value): string {
  if (value.kind === 'constant') return String(value.value)
  if (value.kind === 'bytes') return `<${value.size} bytes>`
  if (value.kind === 'list') return `[${value.items.map(plain).join(', ')}]`
  return value.kind === 'opaque' ? `<${value.why}>` : `${value.module}.${value.name}`
}

/** The picture of a program in which something is wrong: the lines before and behind the first lit one. */
export function pictureOf(
  { member, found }: Found<Program>,
  judged: readonly { readonly act: Act; readonly verdict: Verdict }[],
): Figure {
  const wrong = judged.filter(({ verdict }) => verdict.severity !== 'info')
  const lines = linesLit(found, new Set(wrong.map(({ act }) => act.offset)))
  const first = lines.findIndex(line => line.lit)
  const from = Math.max(0, Math.min(first - 50, lines.length - mostPictured))
  const shown = lines.slice(from, from + mostPictured)
  const title = `What running ${member.path} would do`
  return { kind: 'listing', title, member: member.path, lines: shown, more: lines.length - shown.length }
}

const order = ['denied', 'unknown', 'review', 'allowed']

/** The picture of all names that a program uses. */
export function namesOf(
  { member }: Found<Program>,
  judged: readonly { readonly act: Act; readonly verdict: Verdict }[],
): Figure {
  const names = new Map<string, Extract<Figure, { kind: 'names' }>['names'][number]>()
  for (const { act, verdict } of judged) {
    const name = nameOf(act)
    const known = names.get(name)
    const worst = known && order.indexOf(known.list) < order.indexOf(verdict.list) ? known : undefined
    names.set(name, {
      name: name.slice(0, mostText),
      list: worst?.list ?? verdict.list,
      does: act.kind === 'import' ? (known?.does ?? 'named') : 'called',
      times: (known?.times ?? 0) + act.count,
      why: worst?.why ?? verdict.mechanism,
    })
  }
  const sorted = [...names.values()].sort((a, b) => order.indexOf(a.list) - order.indexOf(b.list)).slice(0, mostNames)
  return { kind: 'names', title: `Operators of ${member.path}`, member: member.path, names: sorted }
}
