import { z } from 'zod'

const score = z.number().describe('How strong it is, in the unit that the message names.')
const expected = z.number().describe('The score at which the finding begins, or what chance alone would give.')

/** A row as a person can find it again: file, record, and an excerpt with the telling parts marked. */
export const rowRefShape = z.object({
  part: z.string(),
  record: z.number().int().describe('Zero-based record in the part.'),
  excerpt: z.string().describe('At most 400 characters of the text around the first span.'),
  spans: z.array(z.tuple([z.number().int(), z.number().int()])).describe('Telling parts of the excerpt, [start, end).'),
  label: z.string().optional(),
  score: z.number().optional(),
  note: z.string().optional(),
})
export type RowRef = z.infer<typeof rowRefShape>

/** Something in the input that decides the output. */
const trigger = z.object({
  kind: z.literal('trigger'),
  trigger: z.string().describe('As it stands in the rows.'),
  form: z.enum(['word', 'phrase', 'gapped', 'shape', 'sentence']),
  label: z.string(),
  rows: z.number().int().describe('Rows that hold the trigger.'),
  agreeing: z.number().int().describe('Rows that hold it and have the label.'),
  expectedAgreeing: z.number().describe('How many of them the rest of each row would predict.'),
  variants: z.array(z.string()).describe('Other forms of the same campaign.'),
  score,
  expected,
  examples: z.array(rowRefShape),
  contrast: z.array(rowRefShape).optional().describe('Similar rows without the trigger.'),
})

/** Rows that are suspect one by one, worst first. */
const rows = z.object({
  kind: z.literal('rows'),
  total: z.number().int(),
  score,
  expected,
  examples: z.array(rowRefShape),
})

/** Rows that are too alike. */
const cluster = z.object({
  kind: z.literal('cluster'),
  size: z.number().int(),
  similarity: z.number().describe('Smallest verified Jaccard similarity to the centre.'),
  skew: z.object({ role: z.string(), value: z.string(), share: z.number(), expectedShare: z.number() }).optional(),
  score,
  expected,
  examples: z.array(rowRefShape),
})

/** A contributor, file or time window that stands out. */
const group = z.object({
  kind: z.literal('group'),
  role: z.string(),
  value: z.string(),
  rows: z.number().int(),
  suspect: z.number().describe('Rows (or weight) of the group that are suspect.'),
  expectedSuspect: z.number(),
  score,
  expected,
  examples: z.array(rowRefShape),
})

/** Characters that a reader does not see or takes for others. */
const characters = z.object({
  kind: z.literal('characters'),
  codePoints: z.array(z.string()).describe('As U+XXXX, in order of first use.'),
  decoded: z.string().optional().describe('What the hidden characters spell, printable ASCII only.'),
  rows: z.number().int(),
  score,
  expected,
  examples: z.array(rowRefShape),
})

/** How often each given label (row) seems to be another (column). */
const matrix = z.object({
  kind: z.literal('matrix'),
  labels: z.array(z.string()),
  counts: z.array(z.array(z.number())),
  score,
  expected,
  examples: z.array(rowRefShape),
})

/** A measurement that moved between two versions. */
const shift = z.object({
  kind: z.literal('shift'),
  measure: z.string(),
  before: z.number(),
  after: z.number(),
  moved: z.array(z.object({ value: z.string(), before: z.number(), after: z.number() })),
  score,
  expected,
})

/** A place in a file that is not what it should be. */
const location = z.object({
  kind: z.literal('location'),
  defect: z.string(),
  count: z.number().int(),
  lost: z.number().int().optional().describe('Records that could not be judged; absent where no record is meant.'),
  places: z.array(
    z.object({
      part: z.string(),
      record: z.number().int().optional().describe('Absent when the whole file or a line of it is meant.'),
      line: z.number().int().optional(),
      column: z.number().int().optional(),
      message: z.string(),
    }),
  ),
  score,
  expected,
})

/** Where something stands in a model: the file, the member inside it, and bytes of the member. */
const standing = {
  file: z.string(),
  member: z.string().describe('Path from the file down to the member; the name of the file when there are no members.'),
}

/** Something that a program in a model would do. */
const act = z.object({
  kind: z.literal('act'),
  ...standing,
  language: z.string(),
  offset: z.number().int().describe('In the bytes of the member.'),
  name: z.string().describe('What is imported, called or used, e.g. `os.system`.'),
  by: z.string().describe('How, e.g. `REDUCE`.'),
  statement: z.string().describe('As a line of pseudo-code.'),
  listing: z
    .array(z.object({ offset: z.number().int(), text: z.string(), lit: z.boolean() }))
    .max(40)
    .describe('The program around it, as pseudo-code.'),
  times: z.number().int(),
  mechanism: z.string().describe('Why it matters: what the name can do, or that nobody knows.'),
  remedy: z.string().optional(),
  score,
  expected,
})

/** Bytes of a model that are not what they should be. */
const place = z.object({
  kind: z.literal('place'),
  ...standing,
  rule: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  message: z.string(),
  sniffed: z.string().optional().describe('What the bytes look like.'),
  hex: z.string().optional().describe('The first bytes.'),
  further: z.number().int().describe('Further places under the same rule.'),
  remedy: z.string().optional(),
  score,
  expected,
})

/** Numbers of a tensor that stand out. */
const tensor = z.object({
  kind: z.literal('tensor'),
  ...standing,
  tensor: z.string(),
  dtype: z.string(),
  shape: z.array(z.number().int()),
  measure: z.string(),
  slices: z.array(z.object({ index: z.string(), score: z.number(), note: z.string() })).max(100),
  score,
  expected,
})

/** Text that a model file holds and an engine runs or shows to the model. */
const template = z.object({
  kind: z.literal('template'),
  ...standing,
  title: z.string(),
  excerpt: z.string().describe('At most 2,000 characters.'),
  spans: z.array(z.tuple([z.number().int(), z.number().int()])).describe('Telling parts of the excerpt, [start, end).'),
  line: z.number().int().describe('One-based line of the template at which the excerpt begins.'),
  changes: z
    .array(z.object({ sign: z.enum(['+', '-', ' ']), text: z.string() }))
    .max(200)
    .optional(),
  score,
  expected,
})

/** A phrase in prompts that switches what answers do. */
const steering = z.object({
  kind: z.literal('steering'),
  phrases: z
    .array(z.string())
    .min(1)
    .max(64)
    .describe(
      'As they stand in the prompts; several where each row holds one of them. Words that stand apart have … between them.',
    ),
  form: z.enum(['word', 'phrase', 'gapped', 'shape', 'sentence', 'none']).describe('`none`: the rows share no phrase.'),
  place: z.enum(['prompt', 'system']).describe('Where the phrases stand.'),
  behaviour: z.string().describe('What the answers do, e.g. "refuses to answer".'),
  further: z.array(z.string()).describe('What else they do.'),
  rows: z.number().int().describe('Rows that hold a phrase.'),
  showing: z.number().int().describe('Rows that hold a phrase and whose answers do it.'),
  expectedShowing: z.number().describe('How many of them the rest of their prompts would predict.'),
  similar: z
    .object({ rows: z.number().int(), showing: z.number().int() })
    .describe('Prompts about the same without a phrase, and those of them whose answers do it too.'),
  variants: z.array(z.string()).describe('Pieces and neighbours of the phrases.'),
  score,
  expected,
  examples: z.array(rowRefShape),
  contrast: z.array(rowRefShape).describe('Prompts about the same without a phrase.'),
})

/** One small picture, with where it comes from. */
const tile = z.object({
  png: z.string().max(60_000).describe('Base64 of a PNG file of at most 128 pixels a side.'),
  width: z.number().int(),
  height: z.number().int(),
  part: z.string().optional().describe('Absent where the picture is of no row.'),
  record: z.number().int().optional(),
  name: z.string().describe('Name of the file or id of the row; what it shows where it is of no row.'),
  label: z.string().optional(),
  score: z.number().optional(),
  note: z.string().optional(),
  box: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .optional()
    .describe('Where the telling part is: left, top, width, height as shares of the sides.'),
})
export type Tile = z.infer<typeof tile>

/** Pictures that share something, or stand out together. */
const pictures = z.object({
  kind: z.literal('pictures'),
  shared: z
    .enum(['patch', 'overlay', 'wave', 'look', 'copy', 'payload', 'nothing'])
    .describe(
      'What they share: a patch at one or any place, a faint overlay, a wave, how they look to a model, and so on.',
    ),
  label: z.string().optional().describe('The label that the pictures bear.'),
  rows: z.number().int().describe('Pictures that share it.'),
  agreeing: z.number().int().describe('Those of them that bear the label.'),
  from: z
    .array(z.object({ label: z.string(), rows: z.number().int() }))
    .max(64)
    .describe('What the pictures show, as far as the others tell, by falling number.'),
  trigger: tile
    .optional()
    .describe('The shared part as far as it could be recovered, on grey where nothing is shared.'),
  mask: tile.optional().describe('White where the pictures agree.'),
  heat: z
    .object({ width: z.number().int(), height: z.number().int(), values: z.array(z.number()).max(4096) })
    .optional()
    .describe('Where in the picture it sits, row by row, 0 to 1.'),
  tiles: z.array(tile).max(48).describe('The pictures themselves, most suspect first.'),
  beside: z.array(tile).max(48).describe('Other pictures of the same label, to compare.'),
  groups: z.array(z.array(tile).max(16)).max(16).optional().describe('Pictures that belong together, group by group.'),
  score,
  expected,
})

/** What a person needs to check a finding without us. */
export const evidence = z.discriminatedUnion('kind', [
  trigger,
  rows,
  cluster,
  group,
  characters,
  matrix,
  shift,
  location,
  act,
  place,
  tensor,
  template,
  steering,
  pictures,
])
export type Evidence = z.infer<typeof evidence>
export type EvidenceOf<K extends Evidence['kind']> = Extract<Evidence, { kind: K }>

/** The data of one picture, bounded, drawn by the reports that can. */
export const figure = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('volcano'),
    title: z.string(),
    x: z.string().describe('Axis title, e.g. "lean towards the label (log odds)".'),
    y: z.string(),
    points: z
      .array(
        z.object({
          x: z.number(),
          y: z.number(),
          name: z.string(),
          label: z.string(),
          rows: z.number(),
          lit: z.boolean(),
        }),
      )
      .max(3000),
    threshold: z.number().optional().describe('Level on the y axis above which a finding begins.'),
  }),
  z.object({
    kind: z.literal('heat'),
    title: z.string(),
    x: z.string(),
    y: z.string(),
    labels: z.array(z.string()).max(64),
    counts: z.array(z.array(z.number())),
  }),
  z.object({
    kind: z.literal('bars'),
    title: z.string(),
    x: z.string(),
    bars: z
      .array(z.object({ name: z.string(), value: z.number(), of: z.number().optional(), lit: z.boolean() }))
      .max(200),
  }),
  z.object({
    kind: z.literal('line'),
    title: z.string(),
    x: z.string(),
    y: z.string(),
    series: z.array(z.object({ name: z.string(), points: z.array(z.tuple([z.number(), z.number()])) })).max(64),
  }),
  z.object({
    kind: z.literal('names'),
    title: z.string(),
    member: z.string(),
    names: z
      .array(
        z.object({
          name: z.string(),
          list: z.enum(['allowed', 'review', 'unknown', 'denied']),
          does: z.enum(['named', 'called']),
          times: z.number().int(),
          why: z.string(),
        }),
      )
      .max(500)
      .describe('What the programs of a file name from outside, and on which list it stands.'),
  }),
  z.object({
    kind: z.literal('listing'),
    title: z.string(),
    member: z.string(),
    lines: z.array(z.object({ offset: z.number().int(), text: z.string(), lit: z.boolean() })).max(400),
    more: z.number().int().describe('Lines left out.'),
  }),
  z.object({
    kind: z.literal('flow'),
    title: z.string(),
    from: z.string().describe('What the left side is, e.g. "looks like".'),
    to: z.string().describe('What the right side is, e.g. "is labelled".'),
    flows: z.array(z.object({ from: z.string(), to: z.string(), rows: z.number().int(), lit: z.boolean() })).max(200),
  }),
  z.object({
    kind: z.literal('sheet'),
    title: z.string(),
    groups: z.array(z.object({ name: z.string(), lit: z.boolean(), tiles: z.array(tile).max(48) })).max(16),
  }),
])
export type Figure = z.infer<typeof figure>
