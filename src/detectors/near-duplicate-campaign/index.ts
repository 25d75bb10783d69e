import { z } from 'zod'
import {
  detector,
  type EvidenceOf,
  labelOf,
  nearDuplicatesDefaults,
  type Part,
  type Role,
  type Row,
  type RowId,
  rowRef,
  textOf,
} from '../../core/index.ts'
import { type Cluster, labelCounts, nearDuplicates, rowSample, rowsOf } from '../../statistics/index.ts'
import { conflicting, leaked } from './plain.ts'
import { type Suspect, suspects } from './suspect.ts'

/** Rows whose cells are fetched: the largest groups first. */
const mostCells = 20_000
/** Groups told one by one. */
const mostClaims = 20

/**
 * Copies buy weight in training. Honest tables have copies too, so a group is suspect when this table's own groups
 * would not lead us to expect one so large, so few-handed and so sudden.
 */
export default detector({
  id: 'near-duplicate-campaign',
  title: 'Many copies that do not look accidental',
  threat: 'data-injection',
  input: {
    table: {
      text: 'string',
      label: 'category?',
      source: 'category?',
      actor: 'category?',
      time: 'time?',
      split: 'category?',
    },
  },
  cost: 'rescan',

  options: z.object({
    similarity: z
      .number()
      .min(0.3)
      .max(1)
      .default(nearDuplicatesDefaults.similarity)
      .describe('Jaccard similarity of token pairs from which two texts are near-copies.'),
    risk: z
      .number()
      .positive()
      .max(1)
      .default(0.02)
      .describe('A group is held when fewer than this many such groups are expected in an honest table.'),
  }),

  messages: {
    campaign:
      '{size} copies or near-copies of one text{who}{when}{said}. An honest table like this would have {expected} such groups.',
    copies: '{copies} rows repeat or nearly repeat another row, in {groups} groups; the largest has {size}.',
    conflict: '{rows} rows are word for word the same as another row that has another label.',
    leak: '{rows} rows of "{to}" repeat or nearly repeat rows of "{from}": the test does not measure what it should.',
  },

  async *detect({ table, options, claim, figure, notJudged }) {
    const roles = (['label', 'source', 'actor', 'time', 'split'] as const).filter(role => table.has(role))
    const sampled = (['source', 'actor', 'time', 'label'] as const).filter(role => table.has(role))
    const { near, labels, sample } = await table.measure({
      near: nearDuplicates.request({ ...nearDuplicatesDefaults, similarity: options.similarity }),
      labels: labelCounts.request({ limit: 64 }),
      sample: rowSample.request({ roles: sampled, limit: sampled.length > 0 ? 200_000 : 1, seed: 1 }),
    })
    const { clusters } = near
    if (!near.complete) notJudged('some rows: more distinct texts than can be compared at once')
    if (clusters.length === 0) return
    const wanted = largest(clusters)
    if (wanted.length < clusters.reduce((n, c) => n + c.rows.length, 0))
      notJudged(`labels and senders of copies beyond the ${mostCells} rows of the largest groups`)
    const { found } = await table.measure({ found: rowsOf.request({ rows: wanted, roles: ['text', ...roles] }) })
    const cells = found.rows
    const all = suspects(clusters, { sample: sampled.length > 0 ? sample : null, cells })
    const accused = all.filter(s => s.expected < options.risk)
    const lit = new Set(accused.map(s => s.cluster))
    figure({
      kind: 'bars',
      title: 'Largest groups of copies',
      x: 'rows',
      bars: clusters.slice(0, 30).map(c => ({ name: nameOf(c, cells), value: c.size, lit: lit.has(c) })),
    })
    for (const suspect of accused.slice(0, mostClaims)) {
      const base = labels.labels.find(l => l.label === suspect.label?.value)?.rows ?? 0
      const evidence = evidenceOf(suspect, table.parts, cells, options.risk, base / Math.max(1, labels.rows))
      yield claim('campaign', 'hold', evidence, { rows: suspect.cluster.rows, values: wordsOf(suspect) })
    }
    const about = { parts: table.parts, cells }
    const copies = clusters.reduce((sum, c) => sum + c.size, 0)
    const plain = groupEvidence(clusters[0]!, about)
    yield claim('copies', 'info', plain, { values: { copies, groups: clusters.length } })
    const conflicts = conflicting(clusters, cells)
    if (conflicts.length > 0)
      yield claim('conflict', 'info', rowsEvidence(conflicts, about), {
        rows: conflicts,
        values: { rows: conflicts.length },
      })
    for (const leak of leaked(clusters, table.parts, cells))
      yield claim('leak', 'info', rowsEvidence(leak.rows, about), {
        rows: leak.rows,
        values: { rows: leak.rows.length, from: leak.from, to: leak.to },
      })
  },
})

interface About {
  readonly parts: readonly Part[]
  readonly cells: ReadonlyMap<RowId, Row>
}

/** Rows of the largest groups, as many as may be fetched. */
function largest(clusters: readonly Cluster[]): RowId[] {
  const rows: RowId[] = []
  for (const cluster of clusters) {
    if (rows.length + cluster.rows.length > mostCells) rows.push(...cluster.rows.slice(0, mostCells - rows.length))
    else rows.push(...cluster.rows)
    if (rows.length >= mostCells) break
  }
  return rows.sort((a, b) => a - b)
}

const nameOf = (cluster: Cluster, cells: ReadonlyMap<RowId, Row>): string =>
  (textOf(cells.get(cluster.centre)?.text) ?? '').replace(/\s+/g, ' ').slice(0, 60)

function example(row: RowId, { parts, cells }: About) {
  const cell = cells.get(row)
  return rowRef({ parts, row, text: textOf(cell?.text), label: labelOf(cell?.label) })
}

/** The centre, then one row of each other wording. */
function shown(cluster: Cluster): RowId[] {
  const seen = new Set<number>()
  const rows = cluster.rows.filter((_, k) => {
    const variant = cluster.variant[k]!
    return seen.size < 8 && !seen.has(variant) && seen.add(variant)
  })
  return [cluster.centre, ...rows.filter(row => row !== cluster.centre)].slice(0, 8)
}

const groupEvidence = (cluster: Cluster, about: About): EvidenceOf<'cluster'> => ({
  kind: 'cluster',
  size: cluster.size,
  similarity: cluster.similarity,
  score: cluster.size,
  expected: 1,
  examples: shown(cluster).map(row => example(row, about)),
})

const rowsEvidence = (rows: readonly RowId[], about: About): EvidenceOf<'rows'> => ({
  kind: 'rows',
  total: rows.length,
  score: rows.length,
  expected: 0,
  examples: rows.slice(0, 8).map(row => example(row, about)),
})

function evidenceOf(
  suspect: Suspect,
  parts: readonly Part[],
  cells: ReadonlyMap<RowId, Row>,
  risk: number,
  labelShare: number,
): EvidenceOf<'cluster'> {
  const { senders, label } = suspect
  const skew: { role: Role; value: string; share: number; expectedShare: number } | null = senders
    ? {
        role: senders.role,
        value: senders.values.join(', '),
        share: senders.share,
        expectedShare: senders.expectedShare,
      }
    : label && { role: 'label', value: label.value, share: label.share, expectedShare: labelShare }
  const group = groupEvidence(suspect.cluster, { parts, cells })
  return { ...group, ...(skew ? { skew } : {}), score: -Math.log10(suspect.expected), expected: -Math.log10(risk) }
}

/** The parts of the message. */
function wordsOf({ cluster, senders, burst, label, contrary, expected }: Suspect): Record<string, string | number> {
  const percent = (share: number) => `${Math.round(100 * share)} %`
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
  const who = senders ? `, ${percent(senders.share)} of them from ${senders.values.join(', ')}` : ''
  const when = burst ? `, most between ${day(burst.from)} and ${day(burst.to)}` : ''
  const others = contrary.length > 0 ? `, against ${contrary.length} with another label` : ''
  const said = label ? `, ${percent(label.share)} labelled "${label.value}"${others}` : ''
  return { size: cluster.size, who, when, said, expected: Number(expected.toPrecision(2)) }
}
