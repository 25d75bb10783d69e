import {
  compareSeverity,
  type ExaminedFile,
  type Finding,
  type Member,
  type Model,
  membersOf,
  type Range,
  spansOf,
} from '../../core/index.ts'

/** Members of one file that a report lists. */
const mostMembers = 2000
/** Ranges of bytes of one file that a report lists. */
const mostRanges = 400
const mostFacts = 60

/** What the report says of each file: its members, its bytes, its facts, and the gravest finding in it. */
export function examinedFiles(model: Model, findings: readonly Finding[]): ExaminedFile[] {
  const worst = new Map<string, ExaminedFile['severity']>()
  for (const { evidence, severity } of findings) {
    if (!('file' in evidence)) continue
    const before = worst.get(evidence.file)
    if (before === undefined || before === 'clean' || compareSeverity(severity, before) > 0)
      worst.set(evidence.file, severity)
  }
  return filesOf(model).map(({ name, sizeBytes, sha256, root }) => {
    const all = [...membersOf(root)]
    return {
      name,
      sizeBytes,
      sha256,
      format: root.format,
      severity: worst.get(name) ?? 'clean',
      members: all.slice(1, mostMembers + 1).map(memberOf),
      furtherMembers: Math.max(0, all.length - 1 - mostMembers),
      bytes: byteMap(root),
      facts: all.flatMap(member => member.facts).slice(0, mostFacts),
    }
  })
}

const memberOf = ({ path, depth, format, size, start, end, unread }: Member): ExaminedFile['members'][number] => ({
  path,
  depth,
  format,
  size,
  unread: unreadBytes({ unread }),
  ...(start === undefined || end === undefined ? {} : { start, end }),
})

/** The files of a model that lie on the disk, without the place where a layout says what concerns them all. */
export const filesOf = (model: Model): Model['files'] => model.files.filter(file => file.root.format !== 'folder')

/** Bytes of a member that nobody could read. */
export const unreadBytes = ({ unread }: Pick<Member, 'unread'>): number =>
  spansOf(unread).reduce((sum, { start, end }) => sum + end - start, 0)

type Stretch = ExaminedFile['bytes'][number]

/** Every byte of a file from first to last, as what it was read; what is unread stays so, whoever claimed it too. */
export function byteMap(root: Pick<Member, 'claims' | 'unread' | 'size'>): Stretch[] {
  const unread = spansOf(root.unread).map(span => ({ ...span, as: 'unread', read: false }))
  const sorted = [...root.claims].sort((a, b) => a.start - b.start || b.end - a.end)
  const stretches: Stretch[] = []
  let at = 0
  for (const { start, end, as } of sorted) {
    if (end <= at) continue
    stretches.push({ start: Math.max(at, start), end, as, read: true })
    at = end
  }
  return united([...without(stretches, unread), ...unread].sort((a, b) => a.start - b.start))
}

/** Stretches less the spans; both rise and do not overlap among themselves. */
function without(stretches: readonly Stretch[], spans: readonly Range[]): Stretch[] {
  const rest: Stretch[] = []
  let next = 0
  for (const stretch of stretches) {
    let { start } = stretch
    while (next < spans.length && spans[next]!.end <= start) next++
    for (let k = next; k < spans.length && spans[k]!.start < stretch.end; k++) {
      if (spans[k]!.start > start) rest.push({ ...stretch, start, end: spans[k]!.start })
      start = Math.max(start, spans[k]!.end)
    }
    if (start < stretch.end) rest.push({ ...stretch, start })
  }
  return rest
}

/** Neighbours that are alike become one; then small ones, until few enough are left. Unread stays unread. */
function united(all: readonly Stretch[]): Stretch[] {
  let stretches = merged(all, (a, b) => a.as === b.as)
  for (let small = 64; stretches.length > mostRanges && small < 2 ** 53; small *= 4)
    stretches = merged(stretches, (a, b) => b.end - b.start < small || a.end - a.start < small)
  return stretches
}

function merged(all: readonly Stretch[], alike: (a: Stretch, b: Stretch) => boolean): Stretch[] {
  const out: Stretch[] = []
  for (const next of all) {
    const last = out.at(-1)
    if (!last || last.end !== next.start || !alike(last, next)) out.push({ ...next })
    else {
      const longer = last.end - last.start >= next.end - next.start ? last : next
      out[out.length - 1] = {
        start: last.start,
        end: next.end,
        as: last.read && next.read ? longer.as : 'unread',
        read: last.read && next.read,
      }
    }
  }
  return out
}
