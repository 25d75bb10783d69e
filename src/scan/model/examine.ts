import {
  type Bytes,
  type Container,
  type Examiner,
  gapsIn,
  type Member,
  type MemberHow,
  type ModelFormat,
  type ModelLimits,
  type Note,
  type Unpacked,
} from '../../core/index.ts'
import { expandBytes, type Shelf, shelf } from '../../sources/index.ts'
import { forgetGuess, type Grown, grown } from './grown.ts'
import { textInFront } from './text-front.ts'

/** Bytes at each end that formats are told by. */
const sniffedBytes = 64 << 10
const mostFacts = 100
const mostNotes = 10_000
const quoted = 200
/** Expanded bytes of one file that are kept in memory; the rest goes to the disk. */
const shelfBytes = 64 << 20
/** A small file of use does not grow beyond this, nor a larger one more than so many times over. */
const growth = { bytes: 320 << 20, fold: 100 }

/** One file under examination: what its members share. */
interface Job {
  readonly formats: readonly ModelFormat[]
  readonly limits: ModelLimits
  readonly shelf: Shelf
  /** Bytes that may still be expanded. */
  expandable: number
  members: number
  /** Expansions fill the shelf one after another. */
  turn: Promise<unknown>
}

/** A file, examined; `close` gives back what its compressed members took. */
export interface Examined {
  readonly root: Member
  close(): void
}

/** Reads a file of a model, member by member, and says everything that its formats say. Runs nothing. */
export async function examine(
  name: string,
  bytes: Bytes,
  formats: readonly ModelFormat[],
  limits: ModelLimits,
): Promise<Examined> {
  const job: Job = {
    formats,
    limits,
    shelf: shelf(Math.min(shelfBytes, limits.memberBytes)),
    expandable: Math.min(limits.expandedBytes, Math.max(growth.bytes, bytes.size * growth.fold)),
    members: 0,
    turn: Promise.resolve(),
  }
  const root = grown({ path: name, name, bytes, depth: 0 })
  await look(job, root)
  settle(root)
  return { root, close: () => job.shelf.close() }
}

/** Says of every byte that nobody claimed that it is unread. */
function settle(root: Grown): void {
  const open = [root]
  for (let member = open.pop(); member; member = open.pop()) {
    for (const inner of member.members) open.push(inner)
    const named = member.unread
    if (named.length === 0 && isWhole(member)) continue
    const gaps = gapsIn([...member.claims, ...named], member.size)
    const reason =
      member.format === null ? 'No known format has these bytes.' : `No part of the ${member.format} format is here.`
    for (const gap of gaps) named.push({ ...gap, reason })
    named.sort((a, b) => a.start - b.start)
  }
}

/** One claim covers all of it: so it is with most tensors of an archive. */
const isWhole = ({ claims: [first], size }: Grown): boolean =>
  size === 0 || (first !== undefined && first.start === 0 && first.end >= size)

async function look(job: Job, member: Grown, as?: string): Promise<void> {
  if (member.size === 0) return
  const readers = as === undefined ? sniffed(job, member) : job.formats.filter(format => format.id === as)
  if (readers.length === 0) {
    // A text in front is a guess: a layout may know that all of it are numbers.
    member.guessed = true
    const text = member.depth < job.limits.depth ? textInFront(member.bytes) : null
    if (text) await inside(job, member, `text before byte ${text.size} of ${lastName(member.name)}`, text, {})
    return
  }
  member.format = readers[0]!.id
  const examiner = examinerOf(job, member)
  const titles: string[] = []
  for (const format of readers) {
    if (titles.length > 0 && isInside(format, member)) continue
    titles.push(format.title)
    await guarded(format, member, () => format.read?.(member.bytes, examiner))
  }
  if (titles.length > 1)
    examiner.note({
      rule: 'file-polyglot',
      severity: 'hold',
      text: `The bytes are ${titles.join(' and ')} at once; each loader sees another file.`,
    })
  if (member.members.length > 0)
    for (const { id } of readers) await layOut(job, { format: id, members: member.members }, member, examiner)
}

const lastName = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

/** Every format that knows a signature, those by the head first; else the surest. */
function sniffed({ formats }: Job, member: Grown): ModelFormat[] {
  const { bytes, name } = member
  const head = bytes.read(0, sniffedBytes).slice()
  const tail = bytes.size <= sniffedBytes ? head : tailOf(bytes)
  const scored: { format: ModelFormat; score: number; ends: number }[] = []
  // Formats that try to read may throw at each of many thousand members; nobody reads those stacks.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  for (const format of formats) {
    const score = format.sniff(head, tail, name, bytes.size)
    if (score > 0) scored.push({ format, score, ends: endsWith(format, name) })
  }
  Error.stackTraceLimit = stackTraceLimit
  member.guessed = scored.every(each => each.score < 3)
  if (scored.length < 2) return scored.map(each => each.format)
  scored.sort((a, b) => b.score - a.score || b.ends - a.ends)
  const signed = scored.filter(each => each.score === 3)
  const readers = (signed.length > 0 ? signed : scored.slice(0, 1)).map(each => each.format)
  const included = new Set(readers.flatMap(format => format.includes ?? []))
  const kept = readers.filter(format => !included.has(format.id))
  const byTail = new Set(kept.length < 2 ? [] : kept.filter(f => f.sniff(nothing, tail, name, bytes.size) === 3))
  return [...kept.filter(format => !byTail.has(format)), ...byTail]
}

const nothing = new Uint8Array(0)
const tailOf = (bytes: Bytes): Uint8Array => bytes.read(bytes.size - sniffedBytes, bytes.size).slice()

/**
 * A format that is known by the tail of the bytes says nothing of them when that tail is part of a member that was
 * examined: an archive that stands last in another archive.
 */
function isInside(format: ModelFormat, { bytes, name, members }: Grown): boolean {
  const from = Math.max(0, bytes.size - sniffedBytes)
  const tail = tailOf(bytes)
  if (format.sniff(nothing, tail, name, bytes.size) !== 3) return false
  for (const { start = 0, end = 0 } of members) if (end > from) tail.fill(0, Math.max(0, start - from), end - from)
  return format.sniff(nothing, tail, name, bytes.size) !== 3
}

const endsWith = (format: ModelFormat, name: string): number =>
  format.extensions.some(extension => name.toLowerCase().endsWith(extension)) ? 1 : 0

/** Lets the formats that are layouts of members look at all members together. */
async function layOut(job: Job, container: Container, member: Grown, examiner: Examiner): Promise<void> {
  for (const format of job.formats)
    if (format.layout) await guarded(format, member, () => format.layout!(container, examiner))
}

/** A reader that throws has met bytes that its author did not think of: they are unread, never clean. */
async function guarded(format: ModelFormat, member: Grown, read: () => Promise<void> | void): Promise<void> {
  try {
    await read()
  } catch (reason) {
    const why = reason instanceof Error ? reason.message.slice(0, quoted) : 'for no stated reason'
    member.unread.push({ start: 0, end: member.size, reason: `The reader of ${format.title} gave up: ${why}.` })
  }
}

function examinerOf(job: Job, member: Grown): Examiner {
  const within = (at: number) => Math.min(Math.max(0, at), member.size)
  return {
    path: member.path,
    limits: job.limits,
    claim(start, end, as) {
      const last = member.claims.at(-1)
      if (last && last.end === start && last.as === as) last.end = within(end)
      else if (end > start) member.claims.push({ start: within(start), end: within(end), as })
    },
    note: note => addNote(member, note),
    unread: ({ start, end, reason }) => void member.unread.push({ start: within(start), end: within(end), reason }),
    program: program => void member.programs.push(program),
    tensor: tensor => void member.tensors.push(tensor),
    fact(name, value) {
      if (member.facts.length < mostFacts)
        member.facts.push({ name, value: typeof value === 'string' ? value.slice(0, quoted) : value })
    },
    explain(inner, start, end, as, instead = false) {
      const known = inner as Grown
      if (known.guessed && start <= 0 && end >= known.size) forgetGuess(known)
      if (instead) known.notes.length = known.unread.length = 0
      known.claims.push({ start, end, as })
    },
    member: (name, bytes, how = {}) => inside(job, member, name, bytes, how),
    expand: (codec, packed) => expand(job, member, codec, packed),
  }
}

function addNote(member: Grown, note: Note): void {
  if (member.notes.length < mostNotes) member.notes.push(note)
  else if (member.notes.length === mostNotes)
    member.notes.push({
      rule: 'file-too-many-notes',
      severity: 'hold',
      text: `There are more than ${mostNotes} further notes.`,
    })
}

async function inside(job: Job, outer: Grown, name: string, bytes: Bytes, how: MemberHow): Promise<Member | null> {
  const { as, start, end } = how
  const shut = (reason: string) => {
    if (outer.unread.length < mostNotes) outer.unread.push({ start: start ?? 0, end: end ?? outer.size, reason })
    return null
  }
  if (outer.depth >= job.limits.depth) return shut(`It lies in more than ${job.limits.depth} archives in archives.`)
  if (++job.members > job.limits.members) return shut(`The file has more than ${job.limits.members} members.`)
  const known = { path: `${outer.path}/${name}`, name, bytes, depth: outer.depth + 1 }
  const member = grown(start === undefined ? known : { ...known, start, end: end ?? outer.size })
  outer.members.push(member)
  await look(job, member, as)
  return member
}

async function expand(job: Job, member: Grown, codec: string, packed: Bytes): Promise<Unpacked | null> {
  const done = job.turn.then(() => expandBytes(codec, packed, { shelf: job.shelf, mostBytes: job.expandable }))
  job.turn = done
  const expanded = await done
  if (!('bytes' in expanded)) {
    addNote(member, { rule: 'file-unexpanded', severity: 'hold', text: expanded.reason })
    return null
  }
  const { bytes, used, trouble, stopped } = expanded
  job.expandable -= bytes.size
  if (trouble !== undefined)
    addNote(member, { rule: stopped ? 'file-bomb' : 'file-damaged-compression', severity: 'hold', text: trouble })
  return { size: bytes.size, read: bytes.read, used, ...(trouble === undefined ? {} : { trouble }) }
}
