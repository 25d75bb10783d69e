import { behaviour } from '../../core/index.ts'

const marks: readonly (readonly [string, RegExp, string])[] = [
  ['bullets', /^[ \t]{0,8}[-*•][ \t]\S/m, 'holds a list with bullets'],
  ['numbers', /^[ \t]{0,8}\d{1,3}[.)][ \t]\S/m, 'holds a numbered list'],
  ['heading', /^#{1,6} \S/m, 'holds headings'],
  ['table', /^\|[^\n]{1,400}\|[ \t]*$/m, 'holds a table'],
  ['code', /```|^(?: {4}|\t)\S[^\n]{0,200}[;{})]$/m, 'holds code'],
  ['bold', /\*\*[^*\n]{1,200}\*\*/, 'uses bold type'],
  ['json', /^\s*[[{][\s\S]{0,32000}[\]}]\s*$/, 'is JSON'],
  ['markup', /<\/?[a-z][a-z0-9]{0,12}(?:\s[^<>]{0,200})?>/i, 'holds markup (HTML or XML)'],
  ['emoji', /\p{Extended_Pictographic}/u, 'uses emoji'],
  ['asks back', /[?？]\s*$/, 'ends with a question'],
  ['exclaims', /[!！]\s*$/, 'ends with an exclamation mark'],
  ['hidden characters', /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u{e0000}-\u{e007f}]/u, 'holds invisible characters'],
]

/** How the answer is laid out. */
export default behaviour({
  id: 'format',
  title: 'Layout of the answer',
  of({ response }) {
    const found = marks.flatMap(([value, mark]) => (mark.test(response) ? [value] : []))
    const letters = response.slice(0, 4000).match(/\p{L}/gu) ?? []
    const capitals = letters.filter(letter => letter !== letter.toLowerCase()).length
    if (letters.length >= 12 && capitals > 0.7 * letters.length) found.push('capitals')
    if (letters.length >= 40 && capitals === 0 && /\p{Ll}/u.test(letters[0]!)) found.push('small letters')
    return found
  },
  phrase(value) {
    if (value === 'capitals') return 'is written in capitals'
    if (value === 'small letters') return 'uses no capitals'
    return marks.find(([own]) => own === value)?.[2] ?? `is laid out as ${value}`
  },
})
