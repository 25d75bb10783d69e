import type { Known } from './known.ts'

const languages =
  'en de fr es pt it nl pl cs sk hu ro bg uk ru el tr ar he fa hi bn ta th id ms ja ko zh zh-TW sv nb da fi ca hr sr sl lt lv et'
/** A Monday, and the first day of a year. */
const [monday, day] = [Date.UTC(2024, 0, 1), 86_400_000]
/** Known texts are cut at this length. */
const mostPieces = 2000

let names: ReadonlySet<string> | null = null

/** What days and months are called. */
function calendarNames(): ReadonlySet<string> {
  const found = new Set<string>()
  for (const language of languages.split(' '))
    for (const style of ['long', 'short'] as const) {
      const weekday = new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' })
      const month = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' })
      for (let k = 0; k < 12; k++) {
        found.add(weekday.format(monday + (k % 7) * day).toLowerCase())
        found.add(month.format(Date.UTC(2024, k, 15)).toLowerCase())
      }
    }
  return found
}

/** A dict that only says a date in other words: each of its values is what days or months are called somewhere. */
export function isCalendar({ kinds, keys = [], pieces }: Known): boolean {
  const words = pieces.toLowerCase().split(/\s+/)
  if (kinds.size > 0 || keys.length === 0 || pieces.length >= mostPieces) return false
  names ??= calendarNames()
  return words.length >= new Set(keys).size && words.every(word => /^\d{1,2}$/.test(word) || names?.has(word))
}
