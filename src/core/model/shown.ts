import type { EvidenceOf, Figure } from '../evidence.ts'
import type { Found } from './model.ts'
import type { Act, Program } from './program.ts'
import type { Tensor } from './tensors.ts'

/** A line of a program in a report. */
export type ListingLine = EvidenceOf<'act'>['listing'][number]

/** Lines before and behind an act that are shown with it. */
const mostAround = 15
const mostText = 500

/** The first `most` lines of a program, with those lit that stand at one of the places. */
export function linesOf({ listing }: Program, lit: ReadonlySet<number>, most: number): ListingLine[] {
  let offset = 0
  return (listing?.(most) ?? []).map(text => {
    const [, place, rest] = /^\s*(\d+):\s?(.*)$/s.exec(text) ?? []
    if (place !== undefined) offset = Number(place)
    return { offset, text: (rest ?? text).slice(0, mostText), lit: place !== undefined && lit.has(offset) }
  })
}

/** The lines around an act, and which of them is its own; none when it stands before the first line. */
export function linesAround(lines: readonly ListingLine[], { offset }: Act): { lines: ListingLine[]; own: number } {
  const exact = lines.findIndex(line => line.offset === offset)
  const at = exact >= 0 ? exact : lines.findLastIndex(line => line.offset <= offset)
  const from = Math.max(0, at - mostAround)
  return at < 0 ? { lines: [], own: -1 } : { lines: lines.slice(from, at + mostAround), own: at - from }
}

/** Lines that a picture of a program shows, and those of them that stand before the first lit one. */
const mostPictured = 400
const mostBefore = 50

/** The picture of a program in which something is wrong: the lines before and behind the first lit one. */
export function listingFigure(title: string, member: string, lines: readonly ListingLine[]): Figure {
  const first = lines.findIndex(line => line.lit)
  const from = Math.max(0, Math.min(first - mostBefore, lines.length - mostPictured))
  const shown = lines.slice(from, from + mostPictured)
  return { kind: 'listing', title, member, lines: shown, more: lines.length - shown.length }
}

type NamedOn = Extract<Figure, { kind: 'names' }>['names'][number]
const order: readonly NamedOn['list'][] = ['denied', 'unknown', 'review', 'allowed']

/** True when it is graver to stand on the first list than on the second. */
export const isWorse = (a: NamedOn['list'], b: NamedOn['list']): boolean => order.indexOf(a) < order.indexOf(b)

/** The picture of all names that programs use, those on the worst list first. */
export function namesFigure(title: string, member: string, names: Iterable<NamedOn>): Figure {
  const sorted = [...names].sort((a, b) => order.indexOf(a.list) - order.indexOf(b.list))
  return { kind: 'names', title, member, names: sorted.slice(0, mostNames) }
}

const mostNames = 500

/** Where a tensor stands and what it is: the part of evidence that every finding in numbers has. */
export const tensorPlace = ({ found, file, member }: Found<Tensor>) => ({
  kind: 'tensor' as const,
  file: file.name,
  member: member.path,
  tensor: found.name,
  dtype: found.dtype ?? found.stored,
  shape: [...found.shape],
})
