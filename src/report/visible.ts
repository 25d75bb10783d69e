/** A stretch of text that is shown in one way. */
export interface Segment {
  /** What to show: the text itself, or the names of hidden characters. */
  readonly text: string
  /** Set when `text` names characters that a reader would not see, e.g. `U+200B`. */
  readonly hidden: boolean
  /** True inside a span that tells. */
  readonly marked: boolean
}

/** Controls, unpaired halves, private use, what fonts draw as nothing, and blanks that pass for nothing. */
const unseen = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800\u2000-\u200a]/u
const spacing = /[\t\n\r]/
/** Scripts whose honest spelling needs the joiners U+200C and U+200D. */
const joining =
  /[\p{sc=Arabic}\p{sc=Syriac}\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Gurmukhi}\p{sc=Gujarati}\p{sc=Oriya}\p{sc=Tamil}\p{sc=Telugu}\p{sc=Kannada}\p{sc=Malayalam}\p{sc=Sinhala}\p{sc=Mongolian}]/u
const pictured = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u

/** Names a code point as standards do. */
const codePointName = (character: string): string =>
  'U+' + character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')

/** True when an honest text would need this character here: emoji are glued, some scripts joined by them. */
function isNeeded(character: string, before: string, after: string): boolean {
  if (character === '\ufe0f') return pictured.test(before) || after === '\u20e3'
  if (character === '\u200d' && (pictured.test(before) || before === '\ufe0f')) return pictured.test(after)
  return (character === '\u200c' || character === '\u200d') && joining.test(before) && joining.test(after)
}

/**
 * Cuts a text into what can be shown as it is and what must be named, along the spans that tell. Line ends and tabs
 * become spaces. A run of hidden characters becomes one segment: equal neighbours are counted, long runs cut short.
 */
export function segmentsOf(text: string, spans: readonly (readonly [number, number])[] = []): Segment[] {
  const segments: Segment[] = []
  let plain = ''
  let run: string[] = []
  let marked = false
  const flush = () => {
    if (plain !== '') segments.push({ text: plain, hidden: false, marked })
    if (run.length > 0) segments.push({ text: runText(run), hidden: true, marked })
    plain = ''
    run = []
  }
  const characters = [...text]
  let at = 0
  characters.forEach((character, i) => {
    const inside = spans.some(([start, end]) => at >= start && at < end)
    const hidden = unseen.test(character) && !spacing.test(character)
    const named = hidden && (inside || !isNeeded(character, characters[i - 1] ?? '', characters[i + 1] ?? ''))
    if (inside !== marked || (named && plain !== '') || (!named && run.length > 0)) flush()
    marked = inside
    if (named) run.push(codePointName(character))
    else plain += spacing.test(character) ? ' ' : character
    at += character.length
  })
  flush()
  return segments
}

/** Names of hidden characters that one run shows; a payload may have thousands. */
const mostNames = 6

/** Tag characters (U+E0020–U+E007E) repeat ASCII unseen; two or more of them are shown with what they spell. */
function spelled(run: readonly string[]): string | null {
  const codes = run.map(name => Number.parseInt(name.slice(2), 16) - 0xe0000)
  if (run.length < 2 || codes.some(code => code < 0x20 || code > 0x7e)) return null
  const text = String.fromCharCode(...codes.slice(0, 200))
  return `${run[0]}…${run.at(-1)!} “${text}${codes.length > 200 ? '…' : ''}”`
}

function runText(run: readonly string[]): string {
  const words = spelled(run)
  if (words !== null) return words
  const counted: { name: string; count: number }[] = []
  for (const name of run) {
    const last = counted.at(-1)
    if (last?.name === name) last.count++
    else counted.push({ name, count: 1 })
  }
  const shown = counted.slice(0, mostNames).map(({ name, count }) => (count > 1 ? `${name} ×${count}` : name))
  const left = counted.slice(mostNames).reduce((sum, { count }) => sum + count, 0)
  return shown.join(' ') + (left > 0 ? ` +${left.toLocaleString('en-US')} more` : '')
}

/** One line of text with hidden characters named in brackets, at most `most` characters, for places without marks. */
export function visibleText(text: string, most = 400): string {
  const cut = clipped(text, most)
  return segmentsOf(cut)
    .map(s => (s.hidden ? `[${s.text}]` : s.text))
    .join('')
}

/** At most `most` UTF-16 units, never half a character; `…` stands for the rest. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text
  const end = /[\ud800-\udbff]/.test(text[most - 2]!) ? most - 2 : most - 1
  return text.slice(0, end) + '…'
}
