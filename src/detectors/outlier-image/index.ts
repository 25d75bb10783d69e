import { z } from 'zod'
import { detector, tileOf } from '../../core/index.ts'
import { picturesOf, thumbnails } from '../../statistics/index.ts'
import { type Odd, type Oddity, oddPictures } from './odd.ts'

const mostTiles = 24
const mostBeside = 8

const meanings: Readonly<Record<Oddity, string>> = {
  blank: 'of one colour',
  noise: 'nothing but noise',
  shape: 'of another shape or size than all others',
  unlike: 'unlike all others in light, colours and edges',
}

/** Pictures that do not belong: blank ones, noise, other shapes and other kinds. They are facts, and no evidence of poison. */
export default detector({
  id: 'outlier-image',
  title: 'Pictures unlike all others',
  threat: 'data-injection',
  input: { table: { image: 'any', label: 'category?' } },
  cost: 'rescan',

  options: z.object({
    deviations: z
      .number()
      .positive()
      .default(5)
      .describe('Robust deviations from which a picture is unlike all others.'),
  }),

  messages: { odd: '{total} of {rows} pictures do not look like the others: {kinds}.' },

  async *detect({ table, options, claim, notJudged }) {
    const { seen } = await table.measure({ seen: thumbnails.request({}) })
    if (seen.total > seen.rows.length) notJudged(`${seen.total - seen.rows.length} pictures beyond an even sample.`)
    const odd = oddPictures(seen, options.deviations)
    if (odd.length === 0) return
    const wanted = odd.slice(0, mostTiles).map(o => seen.rows[o.nth]!)
    const strange = new Set(odd.map(o => o.nth))
    const usual = Array.from(seen.rows.keys()).filter(i => !strange.has(i))
    const beside = usual.filter((_, k) => k % Math.ceil(usual.length / mostBeside) === 0).map(i => seen.rows[i]!)
    const { pictures } = await table.measure({ pictures: picturesOf.request({ rows: [...wanted, ...beside] }) })
    const tile = (row: number, o?: Odd) => {
      const found = pictures.pictures.get(row)
      const said = o ? { score: o.score, note: meanings[o.oddity] } : {}
      return found ? [tileOf(found.raster, { row, name: found.name, label: found.label, ...said }, table.parts)] : []
    }
    const evidence = {
      kind: 'pictures' as const,
      shared: 'nothing' as const,
      rows: odd.length,
      agreeing: odd.length,
      from: [],
      tiles: odd.slice(0, mostTiles).flatMap(o => tile(seen.rows[o.nth]!, o)),
      beside: beside.flatMap(row => tile(row)),
      score: odd[0]!.score,
      expected: options.deviations,
    }
    const values = { total: odd.length, rows: seen.rows.length, kinds: kindsOf(odd) }
    yield claim('odd', 'info', evidence, { rows: odd.map(o => seen.rows[o.nth]!), values })
  },
})

function kindsOf(odd: readonly Odd[]): string {
  return (Object.keys(meanings) as Oddity[])
    .flatMap(kind => {
      const count = odd.filter(o => o.oddity === kind).length
      return count > 0 ? [`${count} ${meanings[kind]}`] : []
    })
    .join(', ')
}
