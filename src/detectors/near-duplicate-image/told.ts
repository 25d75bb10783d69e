import type { Claim } from '../../core/index.ts'
import type { Thumbnails } from '../../statistics/index.ts'
import { conflicts } from './conflict.ts'
import { groupEvidence, groupsEvidence, type Showing } from './evidence.ts'
import type { Flood } from './flood.ts'
import { type Group, rowsAt } from './groups.ts'
import type { Leak } from './leak.ts'

/** A claim to be made. */
export type Told = Claim & { readonly message: 'flood' | 'copies' | 'conflict' | 'leak' }

/** Chance of so many contradictions among honest copies below which a person must look. */
const held = Math.log(1e-3)

/** One flood, with all that speaks for it. */
export const toldFlood = (flood: Flood, risk: number, showing: Showing): Told => ({
  message: 'flood',
  severity: 'hold',
  evidence: groupEvidence(flood.group, showing, { score: -Math.log10(flood.expected), expected: -Math.log10(risk) }),
  rows: rowsAt(flood.group.places, showing.thumbs),
  values: wordsOf(flood, showing.thumbs),
})

/** Copies under several labels, where there are any. */
export function toldConflicts(groups: readonly Group[], refuted: ReadonlySet<Group>, showing: Showing): Told[] {
  const found = conflicts(groups, showing.thumbs, refuted)
  if (!found) return []
  const { places, towards, logChance } = found
  const said = {
    score: -logChance / Math.LN10,
    expected: -held / Math.LN10,
    ...(towards === null ? {} : { label: towards }),
  }
  const way = towards === null ? '' : `, nearly all of them towards "${showing.thumbs.labels[towards]}"`
  return [
    {
      message: 'conflict',
      severity: logChance < held ? 'hold' : 'info',
      evidence: groupsEvidence(found.groups, places, showing, said),
      rows: rowsAt(places, showing.thumbs),
      threat: 'label-flipping',
      values: { groups: found.groups.length, rows: places.length, towards: way },
    },
  ]
}

/** Test pictures that repeat training pictures. */
export const toldLeak = ({ from, to, places, groups }: Leak, showing: Showing): Told => ({
  message: 'leak',
  severity: 'info',
  evidence: groupsEvidence(groups, places, showing, { score: places.length, expected: 0 }),
  rows: rowsAt(places, showing.thumbs),
  values: { rows: places.length, from, to },
})

/** How many copies there are. */
export function toldCopies(groups: readonly Group[], showing: Showing): Told {
  const all = groups.flatMap(group => group.places)
  const size = groups[0]!.places.length
  return {
    message: 'copies',
    severity: 'info',
    evidence: groupsEvidence(groups, all, showing, { score: size, expected: 1 }),
    values: { copies: all.length, groups: groups.length, size },
  }
}

/** The parts of the message. */
function wordsOf(
  { group, senders, burst, expected }: Flood,
  { labels, label }: Thumbnails,
): Record<string, string | number> {
  const percent = (share: number) => `${Math.round(100 * share)} %`
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
  const told = group.places.filter(i => label[i]! >= 0).length
  const others = told > group.agreeing ? `, against ${told - group.agreeing} with another label` : ''
  return {
    size: group.places.length,
    who: senders ? `, ${percent(senders.share)} of them from ${senders.values.join(', ')}` : '',
    when: burst ? `, most between ${day(burst.from)} and ${day(burst.to)}` : '',
    said: group.label < 0 ? '' : `, ${group.agreeing} of them labelled "${labels[group.label]}"${others}`,
    expected: Number(expected.toPrecision(2)),
  }
}
