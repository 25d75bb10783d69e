import { z } from 'zod'
import { type Defect, type DetectContext, detector, type Part, partOf, recordOf } from '../../core/index.ts'
import { type DefectKind, defects } from '../../statistics/index.ts'

const options = z.object({
  tolerated: z.number().int().min(0).default(0).describe('Unreadable records of one kind that need no person to look.'),
  places: z.number().int().min(1).max(1000).default(20).describe('Places listed for each kind.'),
})

const messages = {
  lost: '{lost} {records} went unjudged for "{defect}", the first at {first}: {message}',
  repaired: '{count} {records} judged after repair of "{defect}", the first at {first}: {message}',
}

type Context = DetectContext<z.output<typeof options>, keyof typeof messages>

/**
 * Bytes that break the format's promise. A record that cannot be read cannot be judged, but a more forgiving reader may
 * still train on it: so what was lost holds, and what was repaired is told.
 */
export default detector({
  id: 'malformed-input',
  title: 'Bytes that are not what the format promises',
  threat: 'supply-chain-tamper',
  input: { table: {} },
  cost: 'scan',
  options,
  messages,

  async *detect(context) {
    const { places, tolerated } = context.options
    const { seen } = await context.table.measure({ seen: defects.request({ places }) })
    for (const kind of seen.kinds) yield claimOf(context, kind, tolerated)
  },
})

function claimOf({ claim, table: { parts } }: Context, kind: DefectKind, tolerated: number) {
  const lost = kind.lost > 0
  const first = kind.places[0]
  const evidence = {
    kind: 'location' as const,
    defect: kind.kind,
    count: kind.count,
    lost: kind.lost,
    places: kind.places.map(place => ({
      part: partName(parts, place),
      record: recordOf(place.row),
      ...(place.line === undefined ? {} : { line: place.line }),
      ...(place.column === undefined ? {} : { column: place.column }),
      message: place.message,
    })),
    score: lost ? kind.lost : kind.count,
    expected: lost ? tolerated : 0,
  }
  const values = {
    records: (lost ? kind.lost : kind.count) === 1 ? 'record' : 'records',
    first: first ? where(parts, first) : 'an unknown place',
    message: first ? sentence(first.message) : '',
  }
  return claim(lost ? 'lost' : 'repaired', kind.lost > tolerated ? 'hold' : 'info', evidence, { values })
}

const partName = (parts: readonly Part[], { row }: Defect): string => parts[partOf(row)]?.name ?? `part ${partOf(row)}`

function where(parts: readonly Part[], place: Defect): string {
  const line = place.line === undefined ? `record ${recordOf(place.row)}` : `line ${place.line}`
  return `${partName(parts, place)}, ${line}${place.column === undefined ? '' : `, column ${place.column}`}`
}

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)
