import { jaccard } from '../../core/index.ts'
import type { Document, Finds } from './finds.ts'
import type { Cluster } from './index.ts'

/** Texts in one bucket that later ones are compared with: bounds the work on boilerplate that thousands share. */
const mostLeaders = 8

/** Links near-copies and gives every group of two rows or more, the largest first. */
export function clustersOf(finds: Finds, similarity: number): Cluster[] {
  const entries = entriesOf(finds)
  const parents = Int32Array.from(entries, (_, i) => i)
  for (const bucket of bucketsOf(entries)) link(bucket, entries, parents, similarity)
  const groups = new Map<number, number[]>()
  for (let i = 0; i < entries.length; i++) {
    const root = rootOf(parents, i)
    const group = groups.get(root)
    if (group) group.push(i)
    else groups.set(root, [i])
  }
  const clusters: Cluster[] = []
  for (const group of groups.values())
    if (group.length > 1 || entries[group[0]!]!.count > 1) clusters.push(clusterOf(group.map(i => entries[i]!)))
  return clusters.sort((a, b) => b.size - a.size || a.rows[0]! - b.rows[0]!)
}

/** The distinct texts in the order of their first rows, so that nothing depends on how the table was read. */
function entriesOf({ documents }: Finds): Document[] {
  const entries = [...documents.values()]
  for (const entry of entries) entry.rows.sort((a, b) => a - b)
  return entries.filter(e => e.rows.length > 0).sort((a, b) => a.rows[0]! - b.rows[0]!)
}

/** Entries that share a key, for every key that two have. */
function bucketsOf(entries: readonly Document[]): number[][] {
  const buckets = new Map<number, number[]>()
  entries.forEach(({ keys }, i) => {
    for (let k = 0; k < keys.length; k += 2) {
      const key = (keys[k]! >>> 0) * 2097152 + (keys[k + 1]! >>> 11)
      const bucket = buckets.get(key)
      if (bucket) bucket.push(i)
      else buckets.set(key, [i])
    }
  })
  return [...buckets.values()].filter(bucket => bucket.length > 1)
}

function link(bucket: readonly number[], entries: readonly Document[], parents: Int32Array, similarity: number): void {
  const leaders: number[] = []
  for (const i of bucket) {
    const { shingles } = entries[i]!
    const kin = leaders.find(
      leader =>
        rootOf(parents, leader) === rootOf(parents, i) || jaccard(entries[leader]!.shingles, shingles) >= similarity,
    )
    if (kin === undefined) {
      if (leaders.length < mostLeaders) leaders.push(i)
      continue
    }
    const [a, b] = [rootOf(parents, kin), rootOf(parents, i)]
    parents[Math.max(a, b)] = Math.min(a, b)
  }
}

function rootOf(parents: Int32Array, i: number): number {
  while (parents[i] !== i) {
    parents[i] = parents[parents[i]!]!
    i = parents[i]!
  }
  return i
}

function clusterOf(entries: readonly Document[]): Cluster {
  const centre = entries.reduce((best, e) => (e.count > best.count ? e : best))
  const members = entries.flatMap((e, variant) => e.rows.map(row => ({ row, variant })))
  members.sort((a, b) => a.row - b.row)
  return {
    size: entries.reduce((sum, e) => sum + e.count, 0),
    rows: members.map(m => m.row),
    variant: members.map(m => m.variant),
    variants: entries.length,
    similarity: entries.reduce((least, e) => Math.min(least, jaccard(e.shingles, centre.shingles)), 1),
    centre: centre.rows[0]!,
  }
}
