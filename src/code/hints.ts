import { rules } from './rules/index.ts'

const name = /[A-Za-z_]\w{2,}/g
const mostCharacters = 16_384
const mostHints = 24

/** Names by which rules know early that they have nothing to say, whole and in small letters. */
const known = new Set(
  rules.flatMap(({ needs }) =>
    (needs ?? []).flatMap(need => Array.from(need.matchAll(name), ([word]) => word.toLowerCase())),
  ),
)

/** Names in a text that delicate code is made of (`md5`, `verify`, `chmod`): costs next to nothing and says where to look. */
export function hintsOf(text: string): string[] {
  const found = new Set<string>()
  for (const [word] of text.slice(0, mostCharacters).matchAll(name)) {
    for (const part of [word, ...word.split('_')]) if (known.has(part.toLowerCase())) found.add(part.toLowerCase())
    if (found.size >= mostHints) break
  }
  return [...found]
}
