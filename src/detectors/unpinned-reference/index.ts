import { z } from 'zod'
import { type DetectContext, detector, type Part, partOf, recordOf, type Severity } from '../../core/index.ts'
import { type References, references, type Unpinned } from '../../statistics/index.ts'

const options = z.object({
  places: z.number().int().min(1).max(1000).default(20).describe('References listed for each kind.'),
})

const messages = {
  runs: '{first} names code that will run, and not which version: {url}{more}.',
  loads: '{first} names weights that will be loaded, and not which version: {url}{more}.',
  names:
    '{count} of {all} references to data and models elsewhere can come to mean others, the first is {url} in {first}.',
  list: 'For {count} of {all} addresses nothing says what stood there, the first is {url}: their owners can change it.',
}

/** A list that nobody changed comes to mean something else. */
const onTheWeb = 'web-scale-split-view'

type Context = DetectContext<z.output<typeof options>, keyof typeof messages>

/**
 * A name is a promise of somebody else. A commit or a digest says which bytes were meant; a branch, a tag or nothing says
 * that whoever owns the name may choose them later, when nobody looks any more.
 */
export default detector({
  id: 'unpinned-reference',
  title: 'A reference to what can change',
  threat: 'supply-chain-tamper',
  also: ['web-scale-split-view'],
  input: { table: { url: 'string', item: 'string?', label: 'category?', digest: 'string?' } },
  cost: 'scan',
  options,
  messages,

  async *detect(context) {
    const { places } = context.options
    const { seen } = await context.table.measure({ seen: references.request({ places }) })
    const { runs, loaded, read, named, row } = seen
    if (runs.unpinned > 0) yield claimOf(context, 'runs', 'hold', runs)
    if (loaded.unpinned > 0) yield claimOf(context, 'loads', 'info', loaded)
    const others = {
      all: read.all + named.all,
      unpinned: read.unpinned + named.unpinned,
      first: [...read.first, ...named.first].sort((a, b) => a.row - b.row).slice(0, places),
    }
    if (others.unpinned > 0) yield claimOf(context, 'names', 'info', others)
    if (row.unpinned > 0) yield claimOf(context, 'list', 'info', row)
  },
})

function claimOf(
  { claim, table: { parts } }: Context,
  message: keyof typeof messages,
  severity: Severity,
  { all, unpinned, first }: References[keyof References],
) {
  const [lead] = first
  const evidence = {
    kind: 'location' as const,
    defect: 'unpinned-reference',
    count: unpinned,
    places: first.map(one => ({ ...placeOf(one, parts), message: `${one.url} is not pinned.` })),
    score: unpinned,
    expected: 0,
  }
  const values = {
    all,
    first: lead?.item || 'the list',
    url: lead?.url ?? '',
    more: unpinned > 1 ? `, and ${unpinned - 1} more like it` : '',
  }
  return claim(message, severity, evidence, { values, ...(message === 'list' ? { threat: onTheWeb } : {}) })
}

/** `file:line` of a reference; the record of a row. */
function placeOf({ row, item }: Unpinned, parts: readonly Part[]): { part: string; record?: number; line?: number } {
  const at = /^(.*):(\d{1,9})$/s.exec(item)
  if (at) return { part: at[1]!, line: Number(at[2]) }
  return { part: item || (parts[partOf(row)]?.name ?? ''), record: recordOf(row) }
}
