const written = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d))?$/

/**
 * Milliseconds since 1970 of a day, or of a moment with its zone, as a person writes it for a command. Null when it is
 * none: a day that its month does not have, or a year that four digits cannot write in UTC.
 */
export function momentIn(text: string): number | null {
  const day = written.exec(text)?.[1]
  const time = Date.parse(text)
  if (day === undefined || Number.isNaN(time) || isoOf(Date.parse(day))?.slice(0, 10) !== day) return null
  return isoOf(time) === null ? null : time
}

function isoOf(time: number): string | null {
  const text = Number.isNaN(time) ? '' : new Date(time).toISOString()
  return /^\d{4}-/.test(text) ? text : null
}
