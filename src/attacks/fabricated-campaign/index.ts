import { z } from 'zod'
import {
  attack,
  joinWords,
  labelOf,
  pick,
  type Random,
  type Row,
  targetLabel,
  textOf,
  tokenise,
  traces,
} from '../../core/index.ts'

/** Invented rows around one message, reworded each time, from a few accounts within a short time. */
export default attack({
  id: 'fabricated-campaign',
  title: 'An invented campaign around one message',
  threat: 'data-injection',
  source: 'Mukherjee, Liu, Glance: Spotting Fake Reviewer Groups in Consumer Reviews, WWW 2012',
  input: { text: 'string', label: 'category', source: 'any?', actor: 'any?', time: 'any?' },
  mode: 'add',
  options: z.object({
    message: z.string().default('').describe('What every row says; words of one of the table’s rows when empty.'),
    words: z.number().int().min(3).max(30).default(9).describe('Length of the message, when none is given.'),
    reword: z.number().min(0).max(1).default(0.15).describe('Share of the message’s words that each row replaces.'),
    senders: z.number().int().min(1).default(3).describe('Accounts that send them, where the table has such a column.'),
    hours: z.number().positive().default(24).describe('The time within which they arrive, where the table has one.'),
    target: z.string().optional().describe('The label of the rows; the most frequent when absent.'),
  }),
  plan({ message, words, reword, senders, hours, target }, context, random) {
    const label = targetLabel(target, context)
    const texts = context.sample.flatMap(row => (textOf(row.text)?.trim() ? [textOf(row.text)!] : []))
    const said = message || quoted(context.sample, label, words, random)
    const sent = traces(context, { senders, hours }, random)
    return {
      names: sent.names,
      poison(_row, _nth, chance) {
        if (said === '' || texts.length === 0) return null
        const opening = piece(pick(texts, chance), 'head', chance)
        const ending = piece(pick(texts, chance), 'tail', chance)
        const text = joinWords([opening, reworded(said, texts, reword, chance), ending])
        return { ...sent.next(chance), text, label }
      },
    }
  },
})

const spans = (text: string): string[] => {
  const { start, end } = tokenise([text])
  return Array.from(start, (s, k) => text.slice(s, end[k]))
}

/** A run of words of a row that has the label, when there is one long enough. */
function quoted(sample: readonly Row[], label: string, words: number, random: Random): string {
  const own = sample.filter(row => labelOf(row.label) === label)
  const texts = (own.length > 0 ? own : sample).map(row => textOf(row.text) ?? '')
  const longest = Math.max(0, ...texts.map(text => tokenise([text]).start.length))
  const able = texts.filter(text => tokenise([text]).start.length >= Math.min(words, longest))
  if (longest === 0) return ''
  const text = pick(able, random)
  const { start, end } = tokenise([text])
  const first = Math.floor(random() * Math.max(1, start.length - words + 1))
  return text.slice(start[first], end[Math.min(start.length, first + words) - 1])
}

/** Two to four words from the head or tail of a text. */
function piece(text: string, side: 'head' | 'tail', random: Random): string {
  const { start, end } = tokenise([text])
  if (start.length === 0) return ''
  const length = Math.min(start.length, 2 + Math.floor(random() * 3))
  if (side === 'head') return text.slice(start[0], end[length - 1])
  return text.slice(start[start.length - length], end[start.length - 1])
}

/** The message with some words replaced by words of other rows. */
function reworded(message: string, texts: readonly string[], share: number, random: Random): string {
  const { start, end } = tokenise([message])
  let out = ''
  let at = 0
  for (let k = 0; k < start.length; k++) {
    out += message.slice(at, start[k])
    const others = random() < share ? spans(pick(texts, random)) : []
    out += others.length > 0 ? pick(others, random) : message.slice(start[k], end[k])
    at = end[k]!
  }
  return out + message.slice(at)
}
