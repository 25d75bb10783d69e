import { type Cell, labelOf, type Role } from '../core/index.ts'
import { folded } from './shapes/names.ts'

interface Sample {
  readonly name: string
  readonly cells: readonly Cell[]
}

const words = (text: string): readonly string[] => text.split(/\s+/)

const raters = words(
  `rater raterid ratername annotator annotatorid labeler labelerid labeller evaluator evaluatorid judge judgeid assessor
  assessorid coder coderid grader graderid worker workerid crowdworker crowdworkerid scorer voter voterid expert expertid`,
)
const items = words(
  `item itemid task taskid example exampleid response responseid prompt promptid question questionid sample sampleid
  instance instanceid unit unitid hit hitid answer answerid pair pairid comparison comparisonid conversation conversationid
  document documentid docid doc tweetid commentid image imageid output outputid messageid subject object target ratee`,
)
const scores = words(
  'score rating rate label vote grade value judgment judgement preference verdict answer stars weight thumb annotation',
)

/**
 * Who rated, what, and how, when every row is one rating: a column of raters, one of items that several rows name, and
 * one of scores. Empty when the table is none. Rows that repeat no item were labelled by somebody, and nobody can be
 * compared.
 */
export function ratedBy(
  samples: readonly Sample[],
  taken: ReadonlySet<Role>,
): readonly { readonly role: Role; readonly name: string }[] {
  if (taken.has('rater') || taken.has('item') || taken.has('label') || taken.has('ratings')) return []
  const named = (names: readonly string[], test: (sample: Sample) => boolean) =>
    names.flatMap(name => samples.filter(s => folded(s.name) === name && test(s)))[0]
  const trust = named(['source', 'truster', 'fromuser', 'from'], isCode)
  const rater = named(raters, isCode) ?? (samples.some(isLong) ? undefined : trust)
  if (!rater) return []
  const item = named(items, sample => sample !== rater && repeats(sample))
  const score = item && named(scores, sample => sample !== rater && sample !== item && isScore(sample))
  if (!item || !score) return []
  return [
    { role: 'rater', name: rater.name },
    { role: 'item', name: item.name },
    { role: 'label', name: score.name },
  ]
}

const valuesOf = ({ cells }: Sample): string[] =>
  cells.flatMap(cell => (typeof cell === 'object' ? [] : (labelOf(cell) ?? [])))

/** Longest name of somebody. */
const mostName = 64
const isCode = (sample: Sample): boolean => {
  const values = valuesOf(sample)
  return values.length > 0 && values.every(value => value.length <= mostName && value.split(/\s+/).length <= 3)
}

const isLong = (sample: Sample): boolean => valuesOf(sample).some(value => value.length > mostName)

/** In a table of ratings, items come again; one that is sorted by rater shows the first ratings of one rater. */
const repeats = (sample: Sample): boolean => {
  const values = valuesOf(sample)
  return values.length > 0 && new Set(values).size < values.length
}

const isScore = (sample: Sample): boolean => {
  const values = valuesOf(sample)
  const distinct = new Set(values).size
  return values.length > 0 && values.every(value => value.length <= 40) && distinct <= Math.max(25, values.length / 4)
}
