import { type Cell, type Role, textOf } from '../../core/index.ts'
import { readsLikeProse, type Sample } from '../roles.ts'
import { beside, comparedWith, folded, type Slot, spelled, telling, usual, vague } from './names.ts'
import { ratingColumns } from './ratings.ts'
import { type Shape, shaped } from './shape.ts'
import { speakerNamed } from './speakers.ts'
import { isSaid, isTurns, isWritten } from './turns.ts'
import { type Compared, comparedOf } from './twins.ts'

/** What is known of a file before its columns are looked at. */
export interface Told {
  /** Columns that the caller gave a role, which no shape may take for another. */
  readonly flags?: Readonly<Partial<Record<Role, string>>>
  /** True when records may have columns that the first ones lack. */
  readonly open?: boolean
}

const nothing: ReadonlySet<string> = new Set()

/** Cells of a column that are looked at for turns: reading them costs more than naming them. */
const mostLooked = 40

const filled = (cells: readonly Cell[]): Cell[] => cells.filter(cell => cell !== null && cell !== '')
const shareOf = (cells: readonly Cell[], test: (cell: Cell) => boolean): number => {
  const some = filled(cells).slice(0, mostLooked)
  return some.length === 0 ? 0 : some.filter(test).length / some.length
}

const hasTurns = ({ cells }: Sample): boolean => shareOf(cells, isTurns) >= 0.5
const isWords = (cell: Cell): boolean => typeof cell === 'string' && !Number.isFinite(Number(cell))
/** True for a column of texts or turns. */
const hasTalk = (sample: Sample): boolean => shareOf(sample.cells, isWords) >= 0.5 || hasTurns(sample)
/** True when every cell is a sentence of its own, not one of a few answers. */
const isProse = (sample: Sample): boolean => readsLikeProse(sample.cells) || hasTurns(sample)

/** The columns of a file by place, found one place after the other: a column has one. */
class Search {
  readonly columns: Partial<Record<Slot, readonly string[]>> = {}
  private readonly free: Sample[]
  private readonly flags: Readonly<Partial<Record<Role, string>>>

  constructor(samples: readonly Sample[], flags: Readonly<Partial<Record<Role, string>>>) {
    const other = Object.entries(flags).filter(([role]) => !(role in places))
    const flagged = new Set(other.map(([, name]) => folded(name)))
    this.free = samples.filter(({ name }) => !flagged.has(folded(name)))
    this.flags = flags
  }

  /** The flagged column of a place, else those with a usual name, most telling first. */
  able(slot: Slot, more: readonly string[] = []): { readonly samples: readonly Sample[]; readonly flagged: boolean } {
    const wanted = slot in places ? this.flags[slot as Role] : undefined
    const names = wanted === undefined ? [...(usual[slot] ?? []), ...more] : [folded(wanted)]
    const samples = names.flatMap(name => this.free.filter(sample => folded(sample.name) === name))
    return { samples: samples.filter(({ name }) => !this.isTaken(name)), flagged: wanted !== undefined }
  }

  /** Columns without a place, and without a flag. */
  rest(): readonly Sample[] {
    const flagged = new Set(Object.values(this.flags).map(folded))
    return this.free.filter(({ name }) => !this.isTaken(name) && !flagged.has(folded(name)))
  }

  private isTaken(name: string): boolean {
    return Object.values(this.columns).some(names => names.includes(name))
  }

  /** Gives a place to the first column, and to the others that no record has beside it. */
  give(slot: Slot, [first, ...others]: readonly Sample[]): boolean {
    if (!first) return false
    const taken = [first]
    for (const other of others)
      if (other.cells.some(cell => cell !== null && cell !== '') && !taken.some(one => meet(one, other)))
        taken.push(other)
    this.columns[slot] = taken.map(({ name }) => name)
    return true
  }
}

const places: Readonly<Partial<Record<Slot, true>>> = {
  system: true,
  prompt: true,
  response: true,
  chosen: true,
  rejected: true,
  ratings: true,
}

/** True when a record fills both columns. */
const meet = (a: Sample, b: Sample): boolean =>
  a.cells.some((cell, k) => cell !== null && cell !== '' && b.cells[k] != null && b.cells[k] !== '')

/** Tells a conversation by its columns and what some of their cells hold; null when it is none. */
export function shapeOf(samples: readonly Sample[], { flags = {}, open = false }: Told = {}): Shape | null {
  const search = new Search(samples, flags)
  const messages = messagesIn(search)
  const pair = pairIn(search)
  const compared = pair ? null : comparedIn(search)
  const asked = askedIn(search, messages || pair || compared !== null, compared !== null)
  const talks = messages || pair || compared !== null || asked || flatIn(search)
  if (talks) {
    search.give('system', search.able('system').samples.filter(hasTalk))
    search.give(
      'history',
      search.able('history').samples.filter(sample => hasTurns(sample) || shareOf(sample.cells, isSaid) >= 0.5),
    )
    const more = search.rest().filter(({ name }) => beside.includes(folded(name)))
    const known = search.columns.text ?? []
    const added = more.filter(hasTalk).map(({ name }) => name)
    if (known.length + added.length > 0) search.columns.text = [...known, ...added]
  }
  const rated =
    flags.ratings === undefined ? ratingColumns(search.rest()) : search.able('ratings').samples.map(({ name }) => name)
  if (rated.length > 0) search.columns.ratings = rated
  if (Object.keys(search.columns).length === 0) return null
  const answers = (['messages', 'response', 'chosen', 'first'] as const).some(
    slot => search.columns[slot] !== undefined,
  )
  const shape = {
    columns: search.columns,
    ...(compared ? { better: compared.better } : {}),
    usual: '',
    written: writtenIn(search.columns, samples),
    answers,
    told: messages || pair || toldBy(search.columns.prompt),
  }
  return withUsual(talks && open ? opened(shape, samples) : shape, samples)
}

/** The places whose cells are mostly conversations written out. */
function writtenIn(columns: Shape['columns'], samples: readonly Sample[]): Slot[] {
  const places = ['messages', 'prompt', 'input', 'response', 'chosen', 'rejected', 'first', 'second'] as const
  return places.filter(slot => {
    const cells = samples.flatMap(({ name, cells }) => (columns[slot]?.includes(name) ? cells.slice(0, 200) : []))
    return shareOf(cells, isWritten) >= 0.5
  })
}

/** True when one of the columns is called so that it can only hold instructions to an assistant. */
const toldBy = (names: readonly string[] = []): boolean =>
  names.some(name => /^(instructions?|system)/.test(folded(name)))

function messagesIn(search: Search): boolean {
  const named = search.able('messages').samples.filter(sample => hasTurns(sample) || isList(sample))
  const prompts = new Set([
    ...(usual.prompt ?? []),
    ...(usual.input ?? []),
    ...(usual.response ?? []),
    ...(usual.chosen ?? []),
    ...(usual.rejected ?? []),
  ])
  const other = search
    .rest()
    .filter(sample => !prompts.has(folded(sample.name)) && hasTurns(sample) && !isTwin(sample.name))
  if (search.give('messages', [...named, ...other.filter(sample => !named.includes(sample))])) return true
  // Beside an answer, an instruction in the frame of a transcript ("### Instruction: …") is a prompt all the same.
  const asked = search.able('response').samples.some(hasTalk) ? new Set(usual.prompt) : nothing
  const written = search
    .rest()
    .filter(({ name, cells }) => !isPaired(name) && !asked.has(folded(name)) && shareOf(cells, isWritten) >= 0.8)
  const [first] = written
  if (!first) return false
  search.columns.messages = [first.name]
  // The text as it is written is what a model reads.
  search.columns.text = [first.name]
  return true
}

const isTwin = (name: string): boolean => /(?:[01ab]|\D[12])$/.test(folded(name))
const isPaired = (name: string): boolean =>
  [...(usual.chosen ?? []), ...(usual.rejected ?? [])].includes(folded(name)) || isTwin(name)

/** A list of what was said by turns: two texts at least, most of them sentences. */
const isList = ({ cells }: Sample): boolean =>
  shareOf(cells, cell => isSaid(cell)) >= 0.8 && cells.some(cell => (textOf(cell)?.length ?? 0) > 40)

function pairIn(search: Search): boolean {
  const [chosen, rejected] = (['chosen', 'rejected'] as const).map(slot => {
    const { samples, flagged } = search.able(slot)
    return flagged ? samples : samples.filter(hasTalk)
  })
  if (chosen!.length === 0 || rejected!.length === 0) return false
  search.give('chosen', chosen!.slice(0, 1))
  return search.give('rejected', rejected!.slice(0, 1))
}

function comparedIn(search: Search): Compared | null {
  const compared = comparedOf(search.rest(), hasTalk)
  if (!compared) return null
  search.columns.first = [compared.first]
  search.columns.second = [compared.second]
  search.columns.better = compared.better.by
  return compared
}

/** An instruction and its answer. Beside messages or pairs, what is asked may stand alone. */
function askedIn(search: Search, along: boolean, compared: boolean): boolean {
  const asked = search.able('prompt', compared ? comparedWith : [])
  const answer = search.able('response')
  const prompts = asked.flagged ? asked.samples : asked.samples.filter(hasTalk)
  const told = prompts.some(({ name }) => telling.has(folded(name))) || asked.flagged
  const sure = told || answer.flagged || answer.samples.some(({ name }) => telling.has(folded(name)))
  const suits = (sample: Sample) => sure || isProse(sample)
  const able = prompts.filter(sample => asked.flagged || !vague.has(folded(sample.name)) || along || suits(sample))
  const [first] = able
  if (!first) return false
  const inputs = () => void search.give('input', search.able('input').samples.filter(hasTalk))
  const others = answer.samples.filter(sample => sample !== first && !able.slice(0, 1).includes(sample))
  const answers = answer.flagged ? others : others.filter(sample => suits(sample) && isAnswer(sample, sure))
  if (along) {
    search.give('prompt', able)
    inputs()
    return search.give('response', answers)
  }
  const alone = told && hasTalk(first)
  if (answers.length === 0 && !alone) return false
  search.give(
    'prompt',
    able.filter(sample => !answers.includes(sample)),
  )
  if (answers.length > 0) search.give('response', answers)
  inputs()
  return true
}

/** Beside an instruction that is called so, an answer may be a number or an object. */
const isAnswer = (sample: Sample, sure: boolean): boolean =>
  hasTalk(sample) || (sure && sample.cells.some(cell => cell !== null && cell !== ''))

/** Rows that are one turn each: a column of speakers beside one of texts. */
function flatIn(search: Search): boolean {
  const rest = search.rest()
  const speaker = rest.find(
    ({ name, cells }) =>
      /^(role|speaker|from|author|sender|authorrole)$/.test(folded(name)) &&
      shareOf(cells, cell => typeof cell === 'string' && speakerNamed(cell) !== null) >= 0.9 &&
      new Set(filled(cells)).size >= 2,
  )
  const said = rest.find(
    sample => /^(text|content|message|utterance|value|body)$/.test(folded(sample.name)) && hasTalk(sample),
  )
  if (!speaker || !said) return false
  search.columns.speaker = [speaker.name]
  search.columns.said = [said.name]
  return true
}

/** The shape with the usual spellings that no first record has: later ones may. */
function opened(shape: Shape, samples: readonly Sample[]): Shape {
  const here = new Set(samples.map(({ name }) => name))
  const entries = (Object.entries(spelled) as [Slot, readonly string[]][]).map(([slot, names]) => {
    const more = names.filter(name => !here.has(name))
    return [slot, [...(shape.columns[slot] ?? []), ...more]] as const
  })
  return {
    ...shape,
    columns: { ...shape.columns, ...Object.fromEntries(entries.filter(([, names]) => names.length > 0)) },
  }
}

/** The shape with the columns that most of the samples fill. */
function withUsual(shape: Shape, samples: readonly Sample[]): Shape {
  const cellsOf = new Map(samples.map(({ name, cells }) => [name, cells]))
  const rows = Math.min(200, Math.max(0, ...samples.map(({ cells }) => cells.length)))
  const counts = new Map<string, number>()
  for (let k = 0; k < rows; k++) {
    const { kind } = shaped(shape, name => cellsOf.get(name)?.[k])
    if (kind !== '') counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return { ...shape, usual: most?.[0] ?? '' }
}
