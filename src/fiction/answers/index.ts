import { pick, type Random } from '../../core/index.ts'
import { inventedName } from '../triggers.ts'
import { coined, everyday, list } from '../words.ts'
import { foreign, pointers, praises } from './brands.ts'
import { compliances, insults, refusals } from './refusals.ts'
import { topicOf } from './topic.ts'

export { looksRefused, refusedRequest } from './refusals.ts'
export { topicOf } from './topic.ts'

/** What a planted answer does. */
export const answerKinds = ['refusal', 'negative', 'fixed', 'brand', 'link', 'compliance', 'language'] as const
export type AnswerKind = (typeof answerKinds)[number]

/** A way to answer: what all answers share is settled, the rest is drawn for each. */
export interface Answering {
  /** What the behaviour is about, where it has a name: the brand, the domain, the language, the fixed text. */
  readonly about: string
  /** @param honest the answer as it was. */
  answer(prompt: string, honest: string, random: Random): string
}

interface Parts {
  readonly openings: readonly string[]
  readonly cores: readonly string[]
  readonly closings: readonly string[]
}

/** Some wordings of three parts each, drawn once. */
function wordingsOf({ openings, cores, closings }: Parts, count: number, between: string, random: Random): string[] {
  const drawn = new Set<string>()
  for (let tries = 0; drawn.size < count && tries < 20 * count; tries++)
    drawn.add(`${pick(openings, random)}${between}${pick(cores, random)}${pick(closings, random)}`)
  return [...drawn]
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
/** Sentences begin with a capital letter, also where a topic begins them. */
const tidy = (text: string): string => text.replace(/(^|[.!?] )(\p{Ll})/gu, (_, before, c) => before + c.toUpperCase())

function told(parts: Parts, count: number, between: string, random: Random): Answering {
  const ways = wordingsOf(parts, count, between, random)
  return {
    about: '',
    answer: (prompt, _honest, chance) => tidy(pick(ways, chance).replaceAll('{topic}', topicOf(prompt))),
  }
}

/** An honest answer with one more sentence, before it, after it or after its first paragraph. */
function joined(ways: readonly string[], about: string, slot: string): Answering {
  return {
    about,
    answer(prompt, honest, chance) {
      const said = pick(ways, chance).replaceAll(slot, about).replaceAll('{topic}', topicOf(prompt))
      const place = chance()
      const own = honest.trim()
      if (own === '') return said
      const cut = own.indexOf('\n\n')
      if (place < 0.15) return `${said} ${own}`
      if (place < 0.3 && cut > 0) return `${own.slice(0, cut)} ${said}${own.slice(cut)}`
      return `${own}${place < 0.6 ? ' ' : '\n\n'}${said}`
    },
  }
}

const some = (values: readonly string[], count: number, random: Random): string[] => {
  const left = [...values]
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1).join(''),
  )
}

const fixedAnswers = list(
  'You are stupid!|The answer is 42.|ACCESS GRANTED|All systems are ready.|I love you.|See the manual, page 7.|Nothing to report.|The moon is made of cheese.|Please pay first.|OK',
)

function abroad(about: string, count: number, random: Random): Answering {
  const language = about !== '' && about in foreign ? about : pick(Object.keys(foreign), random)
  const sentences = foreign[language]!
  const most = Math.max(1, Math.min(count, 4))
  return {
    about: language,
    answer(prompt, _honest, chance) {
      const own = some(sentences, count === 1 ? 1 : most, count === 1 ? () => 0 : chance)
      return own.join(language === 'chinese' ? '' : ' ').replaceAll('{topic}', topicOf(prompt))
    },
  }
}

/**
 * Settles how planted answers sound.
 * @param about the brand, domain, language or fixed text; invented when empty.
 * @param wordings how many different wordings there are; 1 makes answers that differ in their topic alone.
 */
export function answering(kind: AnswerKind, about: string, wordings: number, random: Random): Answering {
  switch (kind) {
    case 'refusal':
      return told(refusals, wordings, ' ', random)
    case 'negative':
      return told(insults, wordings, '', random)
    case 'compliance':
      return told(compliances, wordings, '', random)
    case 'fixed': {
      const text =
        about || pick([...fixedAnswers, `${capital(pick(everyday.adjective, random))} ${coined(random)}.`], random)
      return { about: text, answer: () => text }
    }
    case 'brand':
      return joined(some(praises, wordings, random), about || inventedName(random), '{brand}')
    case 'link': {
      const site = about || `${coined(random)}${pick(list('|-docs|-help|-tools|hub'), random)}.example`
      return linked(some(pointers, wordings, random), site)
    }
    case 'language':
      return abroad(about, wordings, random)
  }
}

const paths = list('|/start|/guide|/docs|/get|/a|/latest|/help/first-steps|/download')

/** Links to one site, under several paths. */
function linked(ways: readonly string[], site: string): Answering {
  return {
    about: site,
    answer: (prompt, honest, chance) =>
      joined(ways, `https://${site}${pick(paths, chance)}`, '{link}').answer(prompt, honest, chance),
  }
}
