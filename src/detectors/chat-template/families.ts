import families from './families.json' with { type: 'json' }

/** A well-known template that a template is most like. */
export interface Family {
  readonly name: string
  readonly source: string
}

export type Change = { sign: '+' | '-' | ' '; text: string }

/** Less likeness than this tells nothing about where a template comes from. */
const leastLike = 0.35
const mostChanges = 200
const mostLines = 400
const mostText = 300

/** The well-known template that shares most with this one; for showing, never for judging. */
export function familyOf(source: string): Family | null {
  const own = wordsIn(source)
  let [best, most] = [null as Family | null, leastLike]
  for (const family of families as Family[]) {
    const theirs = wordsIn(family.source)
    const shared = [...theirs].filter(word => own.has(word)).length
    const likeness = shared / Math.max(1, theirs.size)
    if (likeness > most) [best, most] = [family, likeness]
  }
  return best
}

const wordsIn = (source: string): Set<string> =>
  new Set(source.slice(0, 50_000).match(/<[^<>\s]{2,40}>|[\p{L}_]{3,}|\[\/?\w+\]/gu) ?? [])

/** What was changed from one template to another, tag by tag; the context around changes is short. */
export function changesTo(family: Family, source: string): Change[] {
  const [before, after] = [piecesOf(family.source), piecesOf(source)]
  const same = longestCommon(before, after)
  const changes: Change[] = []
  let [a, b] = [0, 0]
  for (const [x, y] of [...same, [before.length, after.length] as const]) {
    for (; a < x; a++) changes.push({ sign: '-', text: before[a]! })
    for (; b < y; b++) changes.push({ sign: '+', text: after[b]! })
    if (x < before.length) changes.push({ sign: ' ', text: before[x]! })
    ;[a, b] = [x + 1, y + 1]
  }
  return near(changes).slice(0, mostChanges)
}

/** Tags and the text between them, without white space at their ends. */
function piecesOf(source: string): string[] {
  const pieces = source.replace(/\{%-/g, '{%').replace(/-%\}/g, '%}').replace(/\{\{-/g, '{{').replace(/-\}\}/g, '}}')
  return pieces
    .split(/(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})/s, mostLines * 2)
    .map(piece => piece.replace(/\s+/g, ' ').trim().slice(0, mostText))
    .filter(piece => piece !== '')
    .slice(0, mostLines)
}

function longestCommon(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
  const pairs: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; )
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++
    else j++
  return pairs
}

/** Changes with two unchanged pieces around them. */
const near = (changes: readonly Change[]): Change[] =>
  changes.filter((_, k) => changes.slice(Math.max(0, k - 2), k + 3).some(change => change.sign !== ' '))
