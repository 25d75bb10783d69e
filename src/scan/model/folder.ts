import type { Examiner, ModelFile, ModelFormat, ModelLimits } from '../../core/index.ts'
import { type Grown, grown, noBytes } from './grown.ts'

/**
 * Lets the layouts look at all files of a folder together. Names of its members are paths relative to the folder. What
 * they say of a file they say by `explain`; what they say of the whole stands in the member that is given back.
 */
export async function layOutFolder(
  name: string,
  files: readonly ModelFile[],
  formats: readonly ModelFormat[],
  limits: ModelLimits,
): Promise<Grown> {
  const root = grown({ path: name, name, bytes: noBytes, depth: 0 })
  root.format = 'folder'
  const container = { format: 'folder', members: files.map(file => file.root) }
  const examiner = examinerOf(root, limits)
  for (const format of formats)
    try {
      await format.layout?.(container, examiner)
    } catch (reason) {
      const why = reason instanceof Error ? reason.message.slice(0, 200) : 'for no stated reason'
      const text = `The reader of ${format.title} gave up on the files of the folder together: ${why}.`
      root.notes.push({ rule: 'folder-unread', severity: 'hold', text })
    }
  return root
}

function examinerOf(root: Grown, limits: ModelLimits): Examiner {
  return {
    path: root.path,
    limits,
    claim() {},
    note: note => void root.notes.push(note),
    unread: ({ reason }) => void root.notes.push({ rule: 'folder-unread', severity: 'hold', text: reason }),
    program: program => void root.programs.push(program),
    tensor: tensor => void root.tensors.push(tensor),
    fact: (name, value) => void root.facts.push({ name, value }),
    explain: (member, start, end, as) => explain(member as Grown, start, end, as),
    member: async () => null,
    expand: async () => null,
  }
}

/** Claims bytes of a file after it was settled: they are no longer unread. */
function explain(member: Grown, start: number, end: number, as: string): void {
  member.claims.push({ start, end, as })
  const rest = member.unread.flatMap(gap => [
    { ...gap, end: Math.min(gap.end, start) },
    { ...gap, start: Math.max(gap.start, end) },
  ])
  member.unread.splice(0, member.unread.length, ...rest.filter(gap => gap.end > gap.start))
}
