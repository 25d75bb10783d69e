import { z } from 'zod'
import { type DetectContext, detector, type Part, partOf, recordOf } from '../../core/index.ts'
import { type PictureKind, pictureFacts } from '../../statistics/index.ts'

const options = z.object({
  tolerated: z
    .number()
    .min(0)
    .max(1)
    .default(0.001)
    .describe('Share of the pictures that may be damaged or missing before a person must look.'),
  places: z.number().int().min(1).max(1000).default(20).describe('Places listed for each kind.'),
})

const messages = {
  blind: 'No picture was looked at, {count} of {total}: {message}',
  unseen: '{count} of {total} pictures nobody could see, for {what}; the first is {first}: {message}',
  animated: '{count} {pictures} more than one frame; only the first was looked at; the first is {first}: {message}',
  misnamed: '{count} {pictures} another format than the name says; the first is {first}: {message}',
}

type Context = DetectContext<z.output<typeof options>, keyof typeof messages>

/** Kinds that are no accident: a name that leads out, a size made to take the memory, something else under the name. */
const grave: ReadonlySet<string> = new Set(['no-picture', 'outside', 'too-large'])

const whatKinds: Readonly<Record<string, string>> = {
  'bad-picture': 'damage',
  'empty-picture': 'emptiness',
  'no-file': 'want of a file',
  'no-picture': 'being something else',
  'not-here': 'standing elsewhere',
  outside: 'names that lead out of the data',
  'too-large': 'claims of size',
  'unsupported-picture': 'a format that is never opened',
}

/**
 * A picture that nobody could see was judged by nobody, and a more forgiving reader may still train on it. What is gone
 * by accident is rare; what is not rare, or no accident, holds.
 */
export default detector({
  id: 'unreadable-picture',
  title: 'Pictures that nobody could see',
  threat: 'supply-chain-tamper',
  input: { table: { image: 'any' } },
  cost: 'scan',
  options,
  messages,

  async *detect(context) {
    const { places, tolerated } = context.options
    const { known } = await context.table.measure({ known: pictureFacts.request({ places }) })
    const lost = known.total - known.seen
    if (lost > 0)
      context.notJudged(
        `${lost.toLocaleString('en-US')} of ${known.total.toLocaleString('en-US')} pictures could not be seen, and no detector judged them`,
      )
    if (known.animated.count > 0)
      context.notJudged(
        `frames and pages behind the first, in ${known.animated.count.toLocaleString('en-US')} of ${known.total.toLocaleString('en-US')} pictures, were looked at by no detector`,
      )
    const many = lost > tolerated * known.total
    for (const kind of known.unseen) {
      if (kind.kind === 'no-decoder') yield said(context, kind, 'blind', 'hold', known.total)
      else yield said(context, kind, 'unseen', many || grave.has(kind.kind) ? 'hold' : 'info', known.total)
    }
    if (known.animated.count > 0) yield said(context, known.animated, 'animated', 'info', known.total)
    if (known.misnamed.count > 0) yield said(context, known.misnamed, 'misnamed', 'info', known.total)
  },
})

function said(
  { claim, table: { parts }, options: { tolerated } }: Context,
  kind: PictureKind,
  message: keyof typeof messages,
  severity: 'hold' | 'info',
  total: number,
) {
  const first = kind.places[0]
  const isLost = message === 'unseen' || message === 'blind'
  const evidence = {
    kind: 'location' as const,
    defect: kind.kind,
    count: kind.count,
    lost: isLost ? kind.count : 0,
    places: kind.places.map(({ row, name, message: text }) => ({
      part: partName(parts, row),
      record: recordOf(row),
      message: name === '' ? text : `${name}: ${text}`,
    })),
    score: kind.count,
    expected: isLost ? tolerated * total : 0,
  }
  const values = {
    total,
    what: whatKinds[kind.kind] ?? kind.kind,
    pictures: kind.count === 1 ? 'picture has' : 'pictures have',
    first: first ? first.name || `${partName(parts, first.row)}, record ${recordOf(first.row)}` : 'at an unknown place',
    message: first ? `${first.message}.` : '',
  }
  return claim(message, severity, evidence, message === 'unseen' ? { values, rows: kind.rows } : { values })
}

const partName = (parts: readonly Part[], row: number): string => parts[partOf(row)]?.name ?? `part ${partOf(row)}`
