import { type Cell, textOf } from './table.ts'

const written =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,9}))?)?\s*(?:Z|UTC|GMT|([+-]\d\d):?(\d\d)?)?$/i

/** How crawls write dates: year to second without separators, in UTC. */
const crawled = /^((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/

/**
 * Milliseconds since 1970 that a cell means, or null. Fourteen digits that can be a date are one; other numbers are
 * taken for seconds, milliseconds, microseconds or nanoseconds by their size; text is ISO 8601, in UTC when it names no
 * zone.
 */
export function timeOf(cell: Cell | undefined): number | null {
  const text = textOf(cell)?.trim()
  if (!text) return null
  const digits = crawled.exec(text)
  if (digits) return Date.parse(text.replace(crawled, '$1-$2-$3T$4:$5:$6Z')) || null
  if (/^\d{8,19}(\.\d+)?$/.test(text)) {
    let ms = Number(text)
    if (ms < 1e8) return null
    if (ms < 1e11) return ms * 1000
    while (ms >= 1e14) ms /= 1000
    return Math.floor(ms)
  }
  const found = written.exec(text)
  if (!found) return null
  const [, day, minute = '00:00', second = ':00', fraction = '0', hours = '+00', minutes = '00'] = found
  const ms = Date.parse(`${day}T${minute}${second}.${fraction.slice(0, 3).padEnd(3, '0')}${hours}:${minutes}`)
  return Number.isNaN(ms) ? null : ms
}
