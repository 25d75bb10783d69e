import { type Cell, labelOf, type Plain } from '../../core/index.ts'
import { type Fields, isFields, literalOf } from './literal.ts'
import { folded } from './names.ts'

/** Words for somebody who rates. */
const raterWords =
  'rater annotator labeler labeller evaluator judge coder assessor worker crowdworker grader scorer reviewer expert voter'.split(
    ' ',
  )

const rater = new RegExp(`^(?:${raterWords.join('|')})s?(?:id)?`)
const numbered = new RegExp(`^(?:${raterWords.join('|')}|rating)(?:id)?\\d+$`)

/** Names of what is rated: such a key is no rater. */
const attributes = new Set(
  `helpfulness correctness coherence complexity verbosity honesty truthfulness instructionfollowing harmlessness quality
  relevance fluency safety toxicity factuality overall accuracy creativity humor violence politeness spam failslowquality
  notappropriate hatespeech sexualcontent threat insult obscene identityattack severetoxicity clarity depth conciseness
  usefulness informativeness score rating total mean average median count helpful harmless`.split(/\s+/),
)

/** More raters of one row than this is no table of ratings. */
const mostRaters = 10_000

/** The score in a value: itself, or a field of it that is called so. */
function scoreIn(value: Plain | undefined): Plain {
  if (!isFields(value)) return Array.isArray(value) ? null : (value ?? null)
  const found = value.value ?? value.score ?? value.rating ?? value.label ?? value.vote ?? value.answer ?? value.grade
  return typeof found === 'object' ? null : (found ?? null)
}

/** The rater that an element of a list of ratings names. */
function raterIn(value: Fields): string | null {
  const key = Object.keys(value).find(name => rater.test(folded(name)) || /^(user|by|who)(id)?$/.test(folded(name)))
  return key === undefined ? null : labelOf(value[key])
}

/** Scores by rater in a cell: an object, or a list of objects that name their rater; null when it holds none. */
function nested(cell: Cell | undefined): Fields | null {
  const value = typeof cell === 'string' ? literalOf(cell) : cell
  if (Array.isArray(value)) {
    const named = (value as readonly Plain[]).slice(0, mostRaters).flatMap(each => {
      const name = isFields(each) ? raterIn(each) : null
      const score = scoreIn(each)
      return name === null || score === null ? [] : [[name, score] as const]
    })
    return named.length > 0 ? Object.fromEntries(named) : null
  }
  if (!isFields(value)) return null
  return filled(scoresIn(value)) ?? ofQualities(value)
}

/**
 * Scores of several qualities, by quality and then by rater or the other way round: one quality is read, the first that
 * two raters scored or that raters scored at all.
 */
function ofQualities(value: Fields): Fields | null {
  const outer = Object.entries(value).slice(0, mostRaters)
  const tables = outer.flatMap(([name, inner]) => (isFields(inner) ? [[name, scoresIn(inner)] as const] : []))
  const quality = tables.flatMap(([, scores]) => scores.map(([key]) => key)).find(key => attributes.has(folded(key)))
  if (quality !== undefined)
    return filled(
      tables.flatMap(([rater, scores]) => scores.filter(([key]) => key === quality).map(([, s]) => [rater, s])),
    )
  const [first] = tables.filter(([, scores]) => scores.length >= 2)
  return first ? filled(first[1]) : null
}

type Scores = readonly (readonly [name: string, score: Plain])[]

const filled = (scores: Scores): Fields | null => (scores.length > 0 ? Object.fromEntries(scores) : null)

const scoresIn = (value: Fields): Scores =>
  Object.entries(value)
    .slice(0, mostRaters)
    .flatMap(([name, inner]) => {
      const score = scoreIn(inner)
      return score === null || score === '' ? [] : [[name, score] as const]
    })

/** The cell of the role `ratings`: from one column that nests them, or from one column a rater. */
export function ratingsOf(cells: readonly (readonly [name: string, cell: Cell])[]): Cell {
  const [only] = cells
  if (cells.length === 1 && only) return nested(only[1])
  const held = cells.filter(([, cell]) => labelOf(cell) !== null)
  return held.length === 0 ? null : (Object.fromEntries(held) as Fields)
}

interface Sample {
  readonly name: string
  readonly cells: readonly Cell[]
}

/** The columns that hold scores by rater: one that nests them, or one for each rater; none when there are no raters. */
export function ratingColumns(samples: readonly Sample[]): readonly string[] {
  const nest = samples.find(isNest)
  if (nest) return [nest.name]
  const wide = samples.filter(({ name, cells }) => isRater(name) && cells.every(isScore))
  return wide.length >= 2 && (wide.length >= 3 || wide.every(({ name }) => rater.test(folded(name))))
    ? wide.map(({ name }) => name)
    : []
}

/** `rater_1`, `annotator3`, `score_2`, `rater_alice`; never `rater` or `rater_id`, which name who rated. */
function isRater(name: string): boolean {
  const plain = folded(name)
  const whose = new RegExp(`^(?:${raterWords.join('|')})[\\s_\\-.]+(?!id$|name$|type$|group$|count$|comment|note)`, 'i')
  return numbered.test(plain) || whose.test(name)
}

const mostScore = 24
const isScore = (cell: Cell): boolean =>
  typeof cell !== 'object' ? (labelOf(cell)?.length ?? 0) <= mostScore : cell === null

const nests =
  /^(ratings?|scores?|votes?|annotations?|judge?ments?|raters?|annotators?|byrater|byannotator|labels?|grades|raterscores|annotatorlabels)$/

function isNest({ name, cells }: Sample): boolean {
  if (!nests.test(folded(name))) return false
  const all = cells.map(nested).filter(each => each !== null)
  if (all.length === 0) return false
  const keys = new Set(all.flatMap(each => Object.keys(each)))
  if ([...keys].some(key => attributes.has(folded(key)))) return false
  if (/^(raters?|annotators?|byrater|byannotator|raterscores|annotatorlabels)$/.test(folded(name))) return true
  if (cells.some(cell => Array.isArray(typeof cell === 'string' ? literalOf(cell) : cell))) return true
  const few = all.length >= 5 && all.some(each => Object.keys(each).length < keys.size)
  const coded = [...keys].filter(key => /\d|@/.test(key) || rater.test(folded(key))).length
  return few || coded >= 0.9 * keys.size
}
