import { rules } from '../../code/index.ts'
import { words as wordsIn } from '../../core/index.ts'
import type { Doing } from './doings.ts'

/** Words that code with a weakness is recognised by, of each. */
const marks = new Map<string, Set<string>>()
for (const { cwe, needs } of rules)
  for (const name of cwe) {
    const own = marks.get(name) ?? new Set()
    for (const word of (needs ?? []).flatMap(need => wordsIn(need))) own.add(word)
    marks.set(name, own)
  }

const leastLetters = 3

/** Whether a phrase says nothing but what the weak code is made of: "MD5" brings MD5. */
export function namesWeakness({ words }: Doing, phrase: string): boolean {
  const own = wordsIn(phrase).filter(word => word.length >= leastLetters)
  return words.some(word => {
    const known = marks.get(word.slice(word.indexOf(': ') + 2))
    return known !== undefined && own.length > 0 && own.every(w => known.has(w))
  })
}
