import { z } from 'zod'
import type { TableProfile } from '../../statistics/index.ts'

const count = z.number().min(0).max(Number.MAX_SAFE_INTEGER)
const byName = z.array(z.tuple([z.string(), count])).max(1000)
const counts = z.array(count).max(4096)

const profile = z.object({
  rows: count,
  texts: z.record(
    z.string(),
    z.object({ rows: count, lengths: counts, scripts: byName, cells: counts, words: byName }),
  ),
  values: z.record(z.string(), z.object({ rows: count, values: byName, other: count })),
})

/** The profile of an earlier report, or null: a report is a file that anybody may have edited. */
export function profileOf(given: unknown): TableProfile | null {
  const parsed = profile.safeParse(given)
  return parsed.success ? parsed.data : null
}
