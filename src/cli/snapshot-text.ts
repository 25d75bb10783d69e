import type { Comparison, Difference, NamedRevision, SnapshotSummary } from '../ledger/index.ts'
import type { WrittenChoice } from './choice-file.ts'
import { seen } from './seen.ts'
import { bold, wrapped } from './text.ts'

const whole = (n: number): string => n.toLocaleString('en-US')

/** A row of the summary: what, how many, of what kind. */
const row = (what: string, n: number, kinds = ''): string =>
  `  ${what.padEnd(24)}${whole(n).padStart(12)}${kinds === '' ? '' : `   ${kinds}`}`

/** `8 young, 1 reverted`, without what is zero. */
const kindsOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => `${whole(n)} ${kind}`)
    .join(', ')

const count = (n: number, noun: string): string => `${whole(n)} ${noun}${n === 1 ? '' : 's'}`

const sumOf = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0)

/** The summary of a snapshot for a terminal. */
export function snapshotText(
  summary: SnapshotSummary,
  choice: WrittenChoice | null,
  leftOut: readonly { readonly name: string; readonly reason: string }[],
): string {
  const { at, atBecause, holdHours, radius, pages, revisions, newest, heldBack, heldOut, revertedAvoided } = summary
  const because = atBecause === 'given' ? '' : ', the latest time of the table (--at sets it)'
  return [
    bold(`Snapshot at ${at.replace('.000Z', 'Z')}`) + because,
    `A revision must have stood ${hours(holdHours)}; a revert undoes up to ${radius} revisions.`,
    '',
    row('pages', pages, `from ${count(revisions, 'revision')}`),
    row('newest revision taken', newest),
    row('held back to an older', sumOf(heldBack), kindsOf(heldBack)),
    row('held out, nothing taken', sumOf(heldOut), kindsOf(heldOut)),
    row('reverted, passed over', revertedAvoided, 'revisions that somebody undid'),
    '',
    ...notesText(notesOf(summary, leftOut)),
    ...(choice ? writtenText(choice) : ['Nothing is written: -o choice.jsonl writes one line a page.']),
    '',
  ].join('\n')
}

const hours = (n: number): string => (n === 1 ? '1 hour' : `${Number(n.toFixed(2))} hours`)

const writtenText = ({ path, bytes, sha256 }: WrittenChoice): string[] => [
  `Wrote ${seen(path)} (${whole(bytes)} bytes)`,
  `  sha256 ${sha256}`,
  `Pin it with: bezoar lock ${seen(path)}`,
]

function notesOf(
  summary: SnapshotSummary,
  leftOut: readonly { readonly name: string; readonly reason: string }[],
): string[] {
  const { withoutPage, withoutTime, lost, firstLost, doubtedTimes, laterRevisions, beyond, order } = summary
  const notes: string[] = []
  if (lost > 0)
    notes.push(`${count(lost, 'record')} could not be read: ${firstLost ?? ''} Pages there may lack revisions.`)
  if (withoutPage > 0) notes.push(`${whole(withoutPage)} rows name no page and were left out.`)
  if (withoutTime > 0) notes.push(`${whole(withoutTime)} rows have no time that can be read and were left out.`)
  if (doubtedTimes > 0)
    notes.push(`${whole(doubtedTimes)} rows are a week or more later than all others: their clock is doubted.`)
  if (laterRevisions > 0)
    notes.push(`${whole(laterRevisions)} revisions are later than the snapshot: only what they revert counts.`)
  if (beyond > 0) notes.push(`${whole(beyond)} pages have so many revisions that the oldest were not looked at.`)
  if (order === 'grouped') notes.push('The rows of a page do not stand together: they were grouped on the disk.')
  for (const { name, reason } of leftOut.slice(0, 5)) notes.push(`Left out: ${name}: ${reason}`)
  if (leftOut.length > 5) notes.push(`Left out: ${whole(leftOut.length - 5)} further files.`)
  return notes
}

const notesText = (notes: readonly string[]): string[] =>
  notes.length === 0 ? [] : [...notes.map(note => wrapped(note, '  ! ', '    ')), '']

const fates = {
  same: 'the same revision',
  newer: 'a newer revision',
  undone: 'undone since the first',
  held: 'held out of the second',
  added: 'only in the second',
  gone: 'only in the first',
} as const

/** Two snapshots compared, for a terminal. */
export function comparisonText(
  { pages, fates: counts, avoided }: Comparison,
  undone: readonly Difference[],
  written: WrittenChoice | null,
): string {
  const rows = (Object.keys(fates) as (keyof typeof fates)[]).map(fate => row(fates[fate], counts[fate]))
  const more = counts.undone - undone.length
  return [
    bold(`${count(pages, 'page')} compared`),
    ...rows,
    '',
    ...(counts.undone === 0
      ? ['Nothing that stood at the first snapshot was undone before the second.']
      : [
          wrapped(
            `${count(counts.undone, 'page')} stood at the first snapshot with a revision that is undone now, as an edit made just before a dump would be. The first choice had held back ${whole(avoided)} of them.`,
          ),
          ...undone.map(undoneText),
          ...(more > 0
            ? [`  … and ${whole(more)} more${written ? ` (see ${seen(written.path)})` : '; -o writes all'}`]
            : []),
        ]),
    ...(written ? ['', `Wrote ${seen(written.path)} (${whole(written.bytes)} bytes)`] : []),
    '',
  ].join('\n')
}

const revisionText = (revision: NamedRevision | null): string =>
  revision ? `${revision.revision} of ${revision.time.slice(0, 16).replace('T', ' ')}` : 'none'

const undoneText = ({ page, before, after, avoided }: Difference): string => {
  const name = seen(page)
  const short = name.length > 60 ? `${name.slice(0, 59)}…` : name
  return `  ${short}${avoided ? '' : '  (was taken)'}\n    ${seen(revisionText(before))} → ${seen(revisionText(after))}`
}
