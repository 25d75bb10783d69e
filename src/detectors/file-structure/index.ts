import { z } from 'zod'
import { compareSeverity, type Model, modelDetector, type Note, notesOf, type Severity } from '../../core/index.ts'

const shownBytes = 16

/** Notes of one rule in one file. */
interface Group {
  readonly file: string
  readonly rule: string
  severity: Severity
  /** The worst of them, the first of its kind. */
  worst: Note
  member: string
  hex: string | undefined
  count: number
}

/**
 * Loaders disagree about files that no honest writer makes: names that differ between two headers, members that only
 * some readers see, lengths that lie. Whoever checks one reading has not checked the other. Every such place that a
 * format's reader met is claimed here.
 */
export default modelDetector({
  id: 'file-structure',
  title: 'A file that readers do not agree on',
  threat: 'supply-chain-tamper',
  input: { model: ['files'] },
  cost: 'metadata',
  options: z.object({}),
  messages: {
    one: '{member}: {message}',
    several: '{member}: {message} There are {further} further places of this kind in the file.',
  },

  async *detect({ model, claim }) {
    for (const group of groupsOf(model)) {
      const { file, member, rule, worst, count, hex } = group
      const start = worst.start ?? 0
      const evidence = {
        kind: 'place' as const,
        file,
        member,
        rule,
        start,
        end: worst.end ?? start,
        message: worst.text,
        ...(hex === undefined ? {} : { hex }),
        further: count - 1,
        score: count,
        expected: 0,
      }
      yield claim(count > 1 ? 'several' : 'one', group.severity, evidence)
    }
  },
})

function groupsOf(model: Model): Iterable<Group> {
  const groups = new Map<string, Group>()
  for (const { file, member, found } of notesOf(model))
    add(groups, file.name, found, member.path, () => {
      if (found.start === undefined) return undefined
      return Buffer.from(member.bytes.read(found.start, found.start + shownBytes)).toString('hex')
    })
  for (const note of model.notes) add(groups, model.name, note, model.name, () => undefined)
  return groups.values()
}

function add(
  groups: Map<string, Group>,
  file: string,
  note: Note,
  member: string,
  hexOf: () => string | undefined,
): void {
  const key = JSON.stringify([file, note.rule])
  const known = groups.get(key)
  if (!known) {
    const { rule, severity } = note
    groups.set(key, { file, rule, severity, worst: note, member, hex: hexOf(), count: 1 })
    return
  }
  known.count++
  if (compareSeverity(note.severity, known.severity) <= 0) return
  Object.assign(known, { severity: note.severity, worst: note, member, hex: hexOf() })
}
