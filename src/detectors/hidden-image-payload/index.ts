import { z } from 'zod'
import { detector, type EvidenceOf, type Part, type RowId, type Severity, tileOf } from '../../core/index.ts'
import {
  type PayloadKind,
  type PayloadOf,
  type PictureOf,
  picturePayloads,
  picturesOf,
} from '../../statistics/index.ts'
import { grainy } from './grainy.ts'

const options = z.object({
  custom: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe(
      'When so large a share of the files have further bytes of no known kind, they are its custom, and only told.',
    ),
  least: z
    .number()
    .positive()
    .default(4.5)
    .describe('Deviations from chance that the lowest bits of a picture must show at least.'),
  risk: z
    .number()
    .positive()
    .max(1)
    .default(0.001)
    .describe('Rate of false discoveries among the pictures whose lowest bits are held.'),
})

const meanings: Readonly<Record<PayloadKind, string>> = {
  program: 'a program or command',
  order: 'words that order a model about',
  archive: 'an archive or document',
  disguised: 'no picture at all',
  inflates: 'packed data without end',
  trailing: 'bytes behind the end of the picture',
  picture: 'a second picture behind the first',
  bulk: 'more data about the picture than picture',
}
/** What never belongs into a picture, what a person must look at, and what is only told. */
const severities: Readonly<Record<PayloadKind, Severity>> = {
  program: 'block',
  order: 'block',
  archive: 'block',
  disguised: 'block',
  inflates: 'block',
  trailing: 'hold',
  picture: 'hold',
  bulk: 'info',
}
const mostTiles = 12
/** Fewer files have no custom. */
const leastFiles = 6

/** A picture file can hold what no viewer shows. We read the file, not the picture, and then its lowest bits. */
export default detector({
  id: 'hidden-image-payload',
  title: 'Something hidden in picture files',
  threat: 'supply-chain-tamper',
  input: { table: { image: 'any', label: 'category?' } },
  cost: 'rescan',
  options,
  messages: {
    payload: '{rows} picture files hold {meaning}, {where}: {what}.',
    bits: 'The lowest bits of {rows} pictures look replaced by a message ({comb} deviations from chance; chance alone reaches {chance} here).',
  },

  async *detect({ table, options: { custom, least, risk }, claim, notJudged }) {
    const { held } = await table.measure({ held: picturePayloads.request({}) })
    if (held.files > 0) notJudged('messages in the coefficients of JPEG files (jsteg, F5)')
    const suspects = grainy(held, least, risk)
    const groups = [...new Set(held.payloads.map(({ kind }) => kind))].map(kind => ({
      kind,
      all: held.payloads.filter(payload => payload.kind === kind),
    }))
    if (groups.length === 0 && suspects.rows.length === 0) return
    const wanted = [...groups.map(({ all }) => all.map(({ row }) => row)), suspects.rows]
    const shown = wanted.flatMap(rows => rows.slice(0, mostTiles))
    const { seen } = await table.measure({ seen: picturesOf.request({ rows: shown }) })
    const about = { parts: table.parts, pictures: seen.pictures }
    for (const { kind, all } of groups) {
      const total = held.counts[kind] ?? all.length
      const isCustom =
        (kind === 'trailing' || kind === 'picture') && held.files >= leastFiles && total >= custom * held.files
      const rows = [...new Set(all.map(({ row }) => row))]
      const [{ where, what }] = all as [PayloadOf]
      yield claim('payload', isCustom ? 'info' : severities[kind], evidenceOf(rows, all, total, about), {
        rows,
        values: { meaning: meanings[kind], where, what, rows: total },
      })
    }
    if (suspects.rows.length === 0) return
    const evidence = evidenceOf(suspects.rows, [], suspects.rows.length, about)
    yield claim(
      'bits',
      suspects.isCustom ? 'info' : 'hold',
      { ...evidence, score: suspects.comb, expected: least },
      {
        rows: suspects.rows,
        values: { comb: suspects.comb.toFixed(1), chance: suspects.chance.toFixed(1) },
      },
    )
  },
})

interface About {
  readonly parts: readonly Part[]
  readonly pictures: ReadonlyMap<RowId, PictureOf>
}

function evidenceOf(
  rows: readonly RowId[],
  payloads: readonly PayloadOf[],
  total: number,
  { parts, pictures }: About,
): EvidenceOf<'pictures'> {
  const notes = new Map(payloads.map(({ row, where, what, bytes }) => [row, `${where}: ${what} (${bytes} bytes)`]))
  const tiles = rows.slice(0, mostTiles).flatMap(row => {
    const seen = pictures.get(row)
    const note = notes.get(row)
    return seen
      ? [tileOf(seen.raster, { row, name: seen.name, label: seen.label, ...(note ? { note } : {}) }, parts)]
      : []
  })
  return {
    kind: 'pictures',
    shared: 'payload',
    rows: total,
    agreeing: total,
    from: [],
    tiles,
    beside: [],
    score: total,
    expected: 0,
  }
}
