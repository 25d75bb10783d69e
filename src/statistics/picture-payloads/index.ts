import {
  emptyRanked,
  hashRow,
  isPicture,
  mergeRanked,
  putRanked,
  type Ranked,
  type RowId,
  rankedValues,
  statistic,
} from '../../core/index.ts'
import { type Payload, type PayloadKind, payloadKinds, payloadsOf } from './found.ts'
import { type Grain, grainOf } from './grain.ts'

export type { Payload, PayloadKind } from './found.ts'
export { payloadKinds } from './found.ts'

export interface PicturePayloadsOptions {
  /** Most payloads kept, the most serious kinds first; 4,000 when absent. */
  readonly most?: number
}

/** A payload and the row of its picture. */
export interface PayloadOf extends Payload {
  readonly row: RowId
}

/** What picture files hold besides pictures. */
export interface PicturePayloads {
  /** Files whose bytes were there to be read. */
  readonly files: number
  readonly counts: Readonly<Partial<Record<PayloadKind, number>>>
  /** By falling seriousness, then in an order of chance. */
  readonly payloads: readonly PayloadOf[]
  /** Pictures whose lowest bits can tell, how much they look replaced, and how much those moved by one do. */
  readonly grainRows: Float64Array
  readonly replaced: Float64Array
  readonly moved: Float64Array
}

export interface PicturePayloadsState {
  files: number
  counts: Partial<Record<PayloadKind, number>>
  payloads: Ranked<PayloadOf>
  grains: Ranked<readonly [RowId, Grain]>
}

const boundsOf = ({ most = 4000 }: PicturePayloadsOptions) => ({ items: most, weight: Infinity })
const grainBounds = { items: 20_000, weight: Infinity }

export default statistic<PicturePayloadsOptions, PicturePayloadsState, PicturePayloads>({
  id: 'picture-payloads',
  title: 'What picture files hold besides pictures',
  looks: true,
  roles: () => ['image'],
  init: () => ({ files: 0, counts: {}, payloads: emptyRanked(), grains: emptyRanked() }),
  add(state, batch, options) {
    for (let i = 0; i < batch.size; i++) {
      const seen = batch.pictures?.[i] ?? null
      if (!seen) continue
      const row = batch.rows[i]!
      const rank = hashRow(row, 1) >>> 0
      if (seen.bytes) state.files++
      for (const payload of payloadsOf(seen)) {
        state.counts[payload.kind] = (state.counts[payload.kind] ?? 0) + 1
        const place = payloadKinds.indexOf(payload.kind) * 2 ** 32 + rank
        putRanked(state.payloads, place, 1, { row, ...payload }, boundsOf(options))
      }
      if (!isPicture(seen) || !seen.exact || rank >= state.grains.limit) continue
      const grain = grainOf(seen)
      if (grain === null) continue
      putRanked(state.grains, rank, 1, [row, grain] as const, grainBounds)
    }
    return state
  },
  merge(a, b, options) {
    for (const kind of payloadKinds) if (b.counts[kind]) a.counts[kind] = (a.counts[kind] ?? 0) + b.counts[kind]!
    return {
      files: a.files + b.files,
      counts: a.counts,
      payloads: mergeRanked(a.payloads, b.payloads, boundsOf(options)),
      grains: mergeRanked(a.grains, b.grains, grainBounds),
    }
  },
  finish({ files, counts, payloads, grains }, options) {
    const values = rankedValues(grains, grainBounds).sort((a, b) => a[0] - b[0])
    const places = (p: PayloadOf) => payloadKinds.indexOf(p.kind)
    return {
      files,
      counts: Object.fromEntries(payloadKinds.flatMap(kind => (counts[kind] ? [[kind, counts[kind]]] : []))),
      payloads: rankedValues(payloads, boundsOf(options)).sort(
        (a, b) => places(a) - places(b) || a.row - b.row || (a.where < b.where ? -1 : 1),
      ),
      grainRows: Float64Array.from(values, ([row]) => row),
      replaced: Float64Array.from(values, ([, { replaced }]) => replaced),
      moved: Float64Array.from(values, ([, { moved }]) => moved),
    }
  },
})
