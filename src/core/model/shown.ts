import type { EvidenceOf } from '../evidence.ts'
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

/** Where a tensor stands and what it is: the part of evidence that every finding in numbers has. */
export const tensorPlace = ({ found, file, member }: Found<Tensor>) => ({
  kind: 'tensor' as const,
  file: file.name,
  member: member.path,
  tensor: found.name,
  dtype: found.dtype ?? found.stored,
  shape: [...found.shape],
})
