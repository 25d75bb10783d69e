import { behaviour, mostValues } from '../../core/index.ts'

/** A run of words that begin with a capital, or a name with capitals or digits inside. */
const name = /(?<![\p{L}\p{N}])(?:\p{Lu}[\p{L}\p{N}&'’-]*)(?: (?:of |de |the |& )?\p{Lu}[\p{L}\p{N}&'’-]*){0,3}/gu
const mostCharacters = 8000

/** Names that the answer brings up and the prompt does not: brands, people, places. Scripts without capitals have none. */
export default behaviour({
  id: 'names-entity',
  title: 'Names that the answer brings up',
  of({ prompt, response }) {
    const text = response.slice(0, mostCharacters)
    const asked = (prompt ?? '').toLowerCase()
    const found = new Set<string>()
    for (const match of text.matchAll(name)) {
      if (opensSentence(text, match.index) && !/ |\p{L}\p{Lu}|\d/u.test(match[0])) continue
      const value = match[0].slice(0, 60)
      if (/\bI\b/.test(value)) continue
      if (value.length > 2 && !asked.includes(value.toLowerCase())) found.add(value)
      if (found.size >= mostValues) break
    }
    return [...found]
  },
  phrase: value => `brings up "${value}"`,
})

/** Whether a capital at this place is owed to grammar. */
function opensSentence(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 4), at).replace(/["'“‘(*_#>\s-]+$/u, '')
  return before === '' || /[.!?:;。]$/u.test(before) || text[at - 1] === '\n'
}
