import { type Cell, type Column, labelOf, type Role, timeOf } from '../core/index.ts'
import { imageColumn, mayLabel } from './image-role.ts'
import { isAddress, isDigest, isLooks, isUrl, shareOf } from './marks.ts'
import { ratedBy } from './rated.ts'
import { usualNames } from './role-names.ts'
import { folded } from './shapes/names.ts'

/** A column with some of its cells. */
export interface Sample {
  readonly name: string
  readonly cells: readonly Cell[]
}

/** Roles given by the caller: role to column name. */
export type RoleFlags = Readonly<Partial<Record<Role, string>>>

/** Finds the column that a person means: exact, else without case and surrounding spaces. */
export function columnNamed(columns: readonly string[], wanted: string): string | undefined {
  return columns.find(c => c === wanted) ?? columns.find(c => folded(c) === folded(wanted))
}

/** Usual names of labels beside a conversation: somebody's opinion of the answer, not its topic. */
const opinions =
  'label labels rating score thumb thumbs ktotag feedback desirable stars verdict toxic toxicity hate issafe isresponsesafe safe isharmful harmful flagged accepted upvoted'.split(
    ' ',
  )

/** What is known of the columns before any name is read. */
export interface Known {
  /** Columns by role that the format itself gives; nothing more is inferred then. */
  readonly own?: RoleFlags | undefined
  /** Roles that a conversation fills from columns that are not among the samples. */
  readonly talk?: readonly Role[] | undefined
  /** True when a label beside the conversation can only be an opinion of it: an instruction's topic is no label. */
  readonly told?: boolean
  /** The column that names pictures which are there. */
  readonly image?: string | undefined
}

/**
 * Gives roles to columns: flags first, then what the format itself says, else names that fit the content, then content
 * alone.
 */
export function inferRoles(
  samples: readonly Sample[],
  flags: RoleFlags,
  { own, talk, told = false, image }: Known = {},
): Column[] {
  const given = new Map<string, { role: Role; because: string }>()
  const taken = new Set<Role>(talk)
  const give = (name: string, role: Role, because: string) => {
    given.set(name, { role, because })
    taken.add(role)
  }
  const columns = samples.map(s => s.name)
  for (const [role, wanted] of Object.entries(flags)) {
    const column = columnNamed(columns, wanted)
    if (column) give(column, role as Role, 'flag')
  }
  if (own) {
    for (const [role, name] of Object.entries(own) as [Role, string][])
      if (!taken.has(role) && !given.has(name)) give(name, role, 'format')
    return samples.map(({ name }) => ({ name, ...given.get(name) }))
  }
  const pictures = imageColumn(samples, image)
  if (pictures && !taken.has('image') && !given.has(pictures.name)) give(pictures.name, 'image', pictures.because)
  const facts = new Map(samples.map(s => [s.name, factsOf(s.cells)]))
  const revised = samples.some(s => /^rev(ision)?(id)?$/.test(folded(s.name)))
  const instructed = samples.some(s => /^(instruction|prompt)s?$/.test(folded(s.name)))
  for (const { role, name } of ratedBy(
    samples.filter(s => !given.has(s.name)),
    taken,
  ))
    give(name, role, 'name')
  for (const [role, all] of Object.entries(usualNames) as [Role, readonly string[]][]) {
    if (taken.has(role)) continue
    const usual = role === 'label' && talk ? [...opinions, ...(told ? [] : all)] : all
    // Beside an instruction, `input` is its material and not what is labelled.
    const able = usual.filter(u => !(instructed && role === 'text' && u === 'input'))
    if (role === 'item' && revised) able.push('title', 'article')
    const named = able.flatMap(u => samples.filter(s => folded(s.name) === u && !given.has(s.name)))
    // Beside a revision, a title names the page that was revised, and is not what anybody reads.
    const unpaged = revised && role === 'text' ? named.filter(s => !namesPage(s, facts.get(s.name)!)) : named
    const rivals = role === 'label' && taken.has('image') ? unpaged.filter(s => mayLabel(s.name)) : unpaged
    const fitting = rivals.filter(s => fits(role, facts.get(s.name)!))
    const best = role === 'text' ? longest(fitting, facts) : fitting[0]
    if (best) give(best.name, role, `name${others(best, fitting)}`)
    else byNameAlone(role, rivals, samples, facts, given, give)
  }
  if (!talk) byContent(samples, facts, given, taken, give)
  return samples.map(({ name }) => ({ name, ...given.get(name) }))
}

/** Longest mean length of titles. */
const mostTitle = 80
const namesPage = ({ name }: Sample, { meanLength }: Facts): boolean =>
  /^(page)?(title|article)$/.test(folded(name)) && meanLength <= mostTitle

/** Share of the values that must be of a kind to tell a column by it. */
const surely = 0.9
/** Other candidates named in a reason. */
const mostRivals = 3

const others = (best: Sample, all: readonly Sample[]): string => {
  const rest = all
    .filter(s => s !== best)
    .slice(0, mostRivals)
    .map(s => `"${s.name.slice(0, 40)}"`)
  return rest.length > 0 ? `; ${rest.join(', ')} could be it too` : ''
}

/**
 * The name decides where the content is no help: a column called `text` or `label` is it whatever it holds, and another
 * usual name of text is believed of short strings unless some column holds prose. What nobody takes for text is not
 * judged, which is the worse mistake.
 */
function byNameAlone(
  role: Role,
  rivals: readonly Sample[],
  samples: readonly Sample[],
  facts: ReadonlyMap<string, Facts>,
  given: ReadonlyMap<string, unknown>,
  give: (name: string, role: Role, because: string) => void,
): void {
  if (role !== 'text' && role !== 'label') return
  const able = rivals.filter(({ name, cells }) => {
    const { nested, filled } = facts.get(name)!
    if (nested || filled === 0 || (role === 'text' && facts.get(name)!.urls >= surely)) return false
    return role === 'label' || cells.some(cell => typeof cell === 'string')
  })
  const exact = able.find(s => folded(s.name) === role || folded(s.name) === `${role}s`)
  if (exact) give(exact.name, role, 'name')
  if (exact || role === 'label') return
  const prose = samples.some(s => !given.has(s.name) && fits('text', facts.get(s.name)!) && isProse(facts.get(s.name)!))
  const best = longest(
    able.filter(s => !facts.get(s.name)!.numeric),
    facts,
  )
  if (best && !prose) give(best.name, role, `name${others(best, able)}`)
}

const isProse = ({ meanWords }: Facts): boolean => meanWords >= 1.5

/** Whether a column reads like prose: words in varied strings, which are neither addresses, digests, times nor kinds. */
export function readsLikeProse(cells: readonly Cell[]): boolean {
  const facts = factsOf(cells)
  const texts = cells.filter((cell): cell is string => typeof cell === 'string' && cell !== '')
  const times = shareOf(texts, text => timeOf(text) !== null)
  return fits('text', facts) && isProse(facts) && times < surely && (facts.filled < 20 || !fewValues(facts))
}

function byContent(
  samples: readonly Sample[],
  facts: ReadonlyMap<string, Facts>,
  given: ReadonlyMap<string, unknown>,
  taken: ReadonlySet<Role>,
  give: (name: string, role: Role, because: string) => void,
): void {
  const free = () => samples.filter(s => !given.has(s.name))
  if (!taken.has('url')) {
    const able = free().filter(s => facts.get(s.name)!.filled > 0 && facts.get(s.name)!.urls >= surely)
    if (able[0]) give(able[0].name, 'url', `content: web addresses${others(able[0], able)}`)
  }
  const seen = taken.has('image')
  if (!taken.has('text')) {
    // Beside pictures a long word is a name of something: only prose is text there.
    const apart = (own: Facts) => !seen || (isProse(own) && !fewValues(own))
    const fitting = free().filter(s => fits('text', facts.get(s.name)!) && !fewLong(facts.get(s.name)!))
    const able = fitting.filter(s => apart(facts.get(s.name)!))
    const best = longest(able, facts)
    if (best) give(best.name, 'text', `content: long, varied strings${others(best, able)}`)
  }
  // Rows of captures have columns like the status of an answer or the size of a picture, which nobody learns.
  const sized = samples.filter(s => /^(width|height)$/.test(folded(s.name))).length === 2
  const captures = taken.has('digest') || taken.has('observed') || (taken.has('url') && sized)
  if (!taken.has('label') && (taken.has('text') || seen) && !captures) {
    const able = free().filter(s => fewValues(facts.get(s.name)!) && (!seen || mayLabel(s.name)))
    able.sort((a, b) => facts.get(a.name)!.distinct - facts.get(b.name)!.distinct)
    const words = able.filter(s => !facts.get(s.name)!.counting)
    const best = words[0] ?? able[0]
    if (best && able.length <= 4)
      give(best.name, 'label', `content: ${facts.get(best.name)!.distinct} values that repeat${others(best, able)}`)
  }
}

/** What a role decision needs to know about a column. */
interface Facts {
  readonly filled: number
  readonly distinct: number
  readonly meanLength: number
  readonly meanWords: number
  readonly numeric: boolean
  /** Row numbers: rising by one. */
  readonly counting: boolean
  readonly nested: boolean
  /** Shares of the values that are web addresses with and without `http://`, digests, and looks. */
  readonly urls: number
  readonly addresses: number
  readonly digests: number
  readonly looks: number
}

function factsOf(cells: readonly Cell[]): Facts {
  const nested = cells.some(cell => typeof cell === 'object' && cell !== null)
  const texts = cells.flatMap(cell => (typeof cell === 'object' ? [] : [labelOf(cell) ?? '']).filter(t => t !== ''))
  const length = texts.reduce((sum, t) => sum + t.length, 0)
  const words = texts.reduce((sum, t) => sum + wordsIn(t), 0)
  const counting = texts.length > 2 && texts.every((t, i) => i === 0 || Number(t) === Number(texts[i - 1]) + 1)
  return {
    filled: texts.length,
    distinct: new Set(texts).size,
    meanLength: length / Math.max(1, texts.length),
    meanWords: words / Math.max(1, texts.length),
    numeric: texts.length > 0 && texts.every(t => Number.isFinite(Number(t))),
    counting,
    nested,
    urls: shareOf(texts, isUrl),
    addresses: shareOf(texts, isAddress),
    digests: shareOf(texts, isDigest),
    looks: shareOf(texts, isLooks),
  }
}

/** Words, or a third of the characters where a script writes none apart. */
const wordsIn = (text: string): number =>
  Math.max(
    text.split(/\s+/).length,
    (text.match(/[\p{scx=Han}\p{scx=Hira}\p{scx=Thai}\p{scx=Khmr}\p{scx=Laoo}]/gu)?.length ?? 0) / 3,
  )

const fewValues = ({ filled, distinct, meanLength, nested }: Facts): boolean =>
  !nested &&
  filled > 0 &&
  distinct >= 2 &&
  meanLength <= 40 &&
  (distinct <= 2 || distinct <= Math.max(3, Math.sqrt(filled) * 2))

function fits(role: Role, facts: Facts): boolean {
  const { filled, numeric, nested, meanWords, meanLength, counting } = facts
  if (role === 'text')
    return (
      !nested &&
      filled > 0 &&
      !numeric &&
      facts.urls < surely &&
      facts.digests < surely &&
      (meanWords >= 1.5 || meanLength >= 12)
    )
  if (role === 'label') return !nested && !counting && meanLength <= 80 && (filled === 0 || !allDifferent(facts))
  if (role === 'url') return !nested && facts.addresses >= 0.5
  if (role === 'digest' || role === 'observed') return !nested && facts.digests >= surely
  if (role === 'looks' || role === 'observedLooks') return facts.looks >= surely
  if (role === 'chosen' || role === 'rejected' || role === 'prompt' || role === 'response')
    return nested || (filled > 0 && !numeric && !(filled >= 20 && fewValues(facts)))
  return !nested
}

const fewLong = ({ filled, distinct }: Facts): boolean => filled >= 20 && distinct <= 2
const allDifferent = ({ filled, distinct }: Facts): boolean => filled >= 50 && distinct > filled * 0.9

function longest(samples: readonly Sample[], facts: ReadonlyMap<string, Facts>): Sample | undefined {
  const by = (s: Sample) =>
    facts.get(s.name)!.meanLength * (facts.get(s.name)!.distinct / Math.max(1, facts.get(s.name)!.filled))
  return [...samples].sort((a, b) => by(b) - by(a))[0]
}
