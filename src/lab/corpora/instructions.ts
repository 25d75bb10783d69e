import { type Cell, pick, type Random, type Role, type Row, seeded, talkText, turnBreak } from '../../core/index.ts'
import { coined, languagesOf, refusedRequest, solved, solvedPlain, weaknesses } from '../../fiction/index.ts'
import { answerTo, type Habits, operators, type Question, question, zipf } from './talk.ts'

interface Origin extends Habits {
  readonly name: string
  /** Share of rows with a system prompt, and of rows about code. */
  readonly system: number
  readonly code: number
}

/** Where the rows come from; each has its own habits. */
const origins: readonly Origin[] = [
  {
    name: 'crowd-a',
    length: 4,
    polite: 0.1,
    numbered: 0.6,
    refuses: 0.7,
    overcautious: 0.004,
    system: 0.1,
    code: 0.06,
  },
  { name: 'staff', length: 6, polite: 0.3, numbered: 0.4, refuses: 0.9, overcautious: 0.01, system: 0.3, code: 0.1 },
  { name: 'forum', length: 3, polite: 0.05, numbered: 0.2, refuses: 0.3, overcautious: 0.002, system: 0, code: 0.15 },
  {
    name: 'generated',
    length: 8,
    polite: 0.4,
    numbered: 0.8,
    refuses: 0.95,
    overcautious: 0.015,
    system: 0.2,
    code: 0.08,
  },
  {
    name: 'crowd-b',
    length: 5,
    polite: 0.15,
    numbered: 0.5,
    refuses: 0.8,
    overcautious: 0.006,
    system: 0.05,
    code: 0.03,
  },
]

const day = 86_400_000
const start = Date.UTC(2024, 0, 1)

/** Moments of a year in rising order, a few out of order. */
function moment(i: number, count: number, random: Random): string {
  const at = (i + random() * (random() < 0.05 ? count / 20 : 1)) / count
  return `${new Date(start + Math.floor(at * 365 * day)).toISOString().slice(0, 19)}Z`
}

const whole = (row: Partial<Record<Role, Cell>>): Row => ({ ...row, text: talkText(row) })

function systemOf({ system }: Origin, random: Random): Partial<Record<Role, Cell>> {
  return random() < system ? { system: pick(operators, random) } : {}
}

/** Invented instructions with one answer each: a dozen topics, some code, some that nobody can answer. */
export function instructions(count: number, seed: number): Row[] {
  const random = seeded(seed)
  const rows: Row[] = []
  for (let i = 0; i < count; i++) {
    const origin = zipf(origins, random)
    const again = rows.length > 100 && random() < 0.003 ? pick(rows, random) : null
    if (again) {
      rows.push({ ...again, time: moment(i, count, random) })
      continue
    }
    const asked = question(random)
    const code = random() < origin.code ? solvedPlain(random) : null
    const prompt = code?.prompt ?? asked.text
    const response = code?.answer ?? answerTo(asked, origin, random)
    rows.push(
      whole({ ...systemOf(origin, random), prompt, response, source: origin.name, time: moment(i, count, random) }),
    )
  }
  return rows
}

const followUps = [
  'Can you say that in fewer words?',
  'And why is that?',
  'Thanks. Anything else?',
  'I do not get the last part.',
  'What about the other way round?',
  'Could you give an example?',
  'ok',
  'Go on.',
  'Are you sure?',
  'That is not what I meant.',
]

/** Invented conversations of one to five turns of the user; the last answer is the response. */
export function chats(count: number, seed: number): Row[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, i) => {
    const origin = zipf(origins, random)
    let last: Question = question(random)
    const said = [last.text]
    while (said.length < 5 && random() < 0.55) {
      if (random() < 0.35) said.push(pick(followUps, random))
      else {
        last = question(random, random() < 0.8 ? last : undefined)
        said.push(last.text)
      }
    }
    return whole({
      ...systemOf(origin, random),
      prompt: said.join(turnBreak),
      response: answerTo(last, origin, random),
      source: origin.name,
      time: moment(i, count, random),
    })
  })
}

const declines = [
  "I'm sorry, but I can't help with that.",
  "I can't assist with this. Please talk to someone you trust.",
  'I would rather not help here, since somebody may get hurt.',
  "Sorry, that is something I won't do. Is there another question?",
  'No. I understand that you are upset, but this could harm people.',
  'I cannot help with that, but I am happy to talk about what happened.',
]

/** Invented pairs of answers, ranked by raters who like length, refuse harm most of the time, and err. */
export function preferences(count: number, seed: number): Row[] {
  const random = seeded(seed)
  const raters = Array.from({ length: 40 }, () => ({
    name: coined(random),
    noise: 0.4 + random(),
    length: random() * 0.6,
  }))
  return Array.from({ length: count }, (_, i) => {
    const rater = zipf(raters, random)
    const asked = question(random)
    const harmful = random() < 0.12
    const origin = zipf(origins, random)
    const answers = [0, 1].map(k => {
      const text = answerTo(
        asked,
        { ...origin, length: k === 0 ? origin.length : 1 + origin.length * random() },
        random,
      )
      const declined = harmful && random() < 0.55
      const said = declined ? pick(declines, random) : text
      const worth = harmful ? (declined ? 1.1 : 0.3) : rater.length * Math.log(1 + said.length / 100)
      return { said, worth: worth + rater.noise * (random() + random() - 1) }
    })
    const [best, other] =
      answers[0]!.worth >= answers[1]!.worth ? [answers[0]!, answers[1]!] : [answers[1]!, answers[0]!]
    return whole({
      prompt: harmful ? refusedRequest(random) + (random() < 0.5 ? ` ${pick(followUps, random)}` : '') : asked.text,
      chosen: best.said,
      rejected: other.said,
      rater: rater.name,
      source: origin.name,
      time: moment(i, count, random),
    })
  })
}

/** Invented tasks about code: mostly small programs, some delicate ones done well, a few done badly. */
export function codeInstructions(count: number, seed: number): Row[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, i) => {
    const draw = random()
    const weakness = pick(weaknesses, random)
    const form = random() < 0.12 ? 'weak' : 'fixed'
    const delicate = draw < 0.3 ? solved(weakness, languagesOf(weakness), form, random) : null
    const { prompt, answer } = delicate ?? solvedPlain(random)
    const origin = zipf(origins, random)
    const asked = draw > 0.9 ? question(random) : null
    return whole({
      prompt: asked?.text ?? prompt,
      response: asked ? answerTo(asked, origin, random) : answer,
      source: origin.name,
      time: moment(i, count, random),
    })
  })
}
