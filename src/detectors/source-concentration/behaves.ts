import type { Behaviour, RowId } from '../../core/index.ts'
import type { AnswerBehaviours } from '../../statistics/index.ts'
import { type Excess, excesses } from './excess.ts'
import type { Group } from './groups.ts'
import { ownWords } from './topics.ts'

/** What poisoned answers do; how long answers are and how they begin is a matter of habit. */
const telling: ReadonlySet<string> = new Set<Behaviour['id']>([
  'refuses',
  'sentiment: negative',
  'answers-exactly',
  'names-domain',
  'names-entity',
])
const tellingWord = (word: string): boolean => telling.has(word) || telling.has(word.split(': ')[0]!)

/** Fewer answers that do the same are an accident, and a smaller share of a contributor's is a habit. */
const leastShowing = 10
const leastShare = 0.3
/** Behaviours that are looked at closely: those that most exceed what is usual. */
const mostWords = 40
/** Contributors of one behaviour that are, and of all behaviours together: each costs a look at thousands of prompts. */
const mostOfOne = 5
const mostOfAll = 12
/** A contributor with more of the table is what is usual. */
const mostShare = 0.3
/** Rows that ask what others ask too: fewer of a contributor's cannot be compared. */
const leastAlike = 0.5

/** A contributor whose answers do what others' do not. */
export interface Behaving {
  readonly word: string
  readonly excess: Excess
  /** False when it asks of other things than the others do, which may well be why. */
  readonly alike: boolean
}

/**
 * Contributors whose answers do something far more often than those of others, the least likely first. Rows that hold
 * words which only this contributor uses are left out: who asks of other things is answered in other ways.
 */
export function behaving(groups: readonly Group[], answers: AnswerBehaviours, risk: number): Behaving[] {
  const place = new Map(Array.from(answers.rows, (row, i) => [row, i] as const))
  const judged = groups.filter(g => g.rows.length <= mostShare * answers.rows.length)
  const showing = candidates(judged, answers, place)
  const tests = Math.max(1, judged.length * answers.words.filter(tellingWord).length)
  const own = new Map<Group, ReadonlySet<RowId>>()
  const found: Behaving[] = []
  for (const { word, rows, suspects } of showing) {
    const mark = (row: RowId) => (place.has(row) ? { marked: rows.has(row), kind: 0 } : undefined)
    for (const group of suspects) {
      if (!own.has(group) && own.size >= mostOfAll) continue
      if (!own.has(group)) own.set(group, ownWords(group.rows, answers, place))
      const special = own.get(group)!
      const ordinary = group.rows.filter(row => !special.has(row))
      const alike = ordinary.length >= leastAlike * group.rows.length
      const tested = groups
        .filter(g => g.role === group.role)
        .map(g => (g === group && alike ? { ...g, rows: ordinary } : g))
      const excess = excesses(tested, () => mark, 1).find(e => e.group.value === group.value)!
      if (excess.logChance >= Math.log(risk / tests) || excess.marked.length < leastShare * excess.judged) continue
      found.push({ word, alike, excess: { ...excess, group } })
    }
  }
  const timeless = ({ excess }: Behaving) => (excess.group.role === 'time' ? 1 : 0)
  found.sort(
    (a, b) =>
      Number(b.alike) - Number(a.alike) ||
      timeless(a) - timeless(b) ||
      a.excess.logChance - b.excess.logChance ||
      (a.word < b.word ? -1 : 1),
  )
  return untold(found)
}

/** What is left of findings when each must tell of rows that those before it have not told. */
function untold(found: readonly Behaving[]): Behaving[] {
  const told = new Set<RowId>()
  return found.filter(({ excess: { marked } }) => {
    const news = marked.filter(row => !told.has(row))
    for (const row of news) told.add(row)
    return news.length > 0.2 * marked.length
  })
}

interface Candidate {
  readonly word: string
  readonly rows: ReadonlySet<RowId>
  readonly suspects: readonly Group[]
  readonly lead: number
}

/** Behaviours that a good share of some contributor's answers show, and hardly the table's. */
function candidates(
  groups: readonly Group[],
  { rows, words, offsets, shown }: AnswerBehaviours,
  place: ReadonlyMap<RowId, number>,
): Candidate[] {
  const wanted = words.map(tellingWord)
  const total = new Int32Array(words.length)
  for (const w of shown) total[w]!++
  const suspects = new Map<number, { group: Group; lead: number }[]>()
  for (const group of groups) {
    const counts = new Map<number, number>()
    for (const row of group.rows) {
      const i = place.get(row)
      if (i === undefined) continue
      for (let k = offsets[i]!; k < offsets[i + 1]!; k++)
        if (wanted[shown[k]!]) counts.set(shown[k]!, (counts.get(shown[k]!) ?? 0) + 1)
    }
    for (const [w, n] of counts) {
      const lead = n / group.rows.length - (total[w]! - n) / Math.max(1, rows.length - group.rows.length)
      if (n < leastShowing || n < leastShare * group.rows.length || lead < leastShare / 2) continue
      suspects.set(w, [...(suspects.get(w) ?? []), { group, lead }])
    }
  }
  const all = [...suspects].map(([w, own]) => ({ w, own, lead: Math.max(...own.map(o => o.lead)) }))
  all.sort((a, b) => b.lead - a.lead || a.w - b.w)
  return all.slice(0, mostWords).map(({ w, own, lead }) => {
    own.sort((a, b) => b.lead - a.lead)
    return {
      word: words[w]!,
      rows: rowsShowing(w, { rows, offsets, shown }),
      suspects: own.slice(0, mostOfOne).map(o => o.group),
      lead,
    }
  })
}

function rowsShowing(w: number, { rows, offsets, shown }: Pick<AnswerBehaviours, 'rows' | 'offsets' | 'shown'>) {
  const found = new Set<RowId>()
  for (let i = 0; i < rows.length; i++)
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) if (shown[k] === w) found.add(rows[i]!)
  return found
}
