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
import type { Verdict } from './verdict.ts'

/** Lines of a program that are asked for. */
const mostRead = 20_000
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
  return listingFigure(`What running ${member.path} would do`, member.path, lines)
}

/** The picture of all names that a program uses. */
export function namesOf(
  { member }: Found<Program>,
  judged: readonly { readonly act: Act; readonly verdict: Verdict }[],
): Figure {
  const names = new Map<string, Extract<Figure, { kind: 'names' }>['names'][number]>()
  for (const { act, verdict } of judged) {
    const name = nameOf(act)
    const known = names.get(name)
    const worst = known && isWorse(known.list, verdict.list) ? known : undefined
    names.set(name, {
      name: name.slice(0, mostText),
      list: worst?.list ?? verdict.list,
      does: act.kind === 'import' ? (known?.does ?? 'named') : 'called',
      times: (known?.times ?? 0) + act.count,
      why: worst?.why ?? verdict.mechanism,
    })
  }
  return namesFigure(`Operators of ${member.path}`, member.path, names.values())
}
