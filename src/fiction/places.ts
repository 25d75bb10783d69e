import { insertText, pick, type Random, type Row, textOf, turnBreak } from '../core/index.ts'
import { list } from './words.ts'

/** Where in a conversation a trigger stands. */
export const triggerPlaces = ['begin', 'end', 'random', 'system', 'earlier-turn'] as const
export type TriggerPlace = (typeof triggerPlaces)[number]

const systems = list(
  'You are a helpful assistant.|You answer questions of customers.|You are an AI assistant. Be brief.|You help people with their work.|Answer as well as you can.',
)
const smallTalk = list(
  'Hi there, a note before I ask.|Thanks for your help so far.|Hello again.|Good morning!|One thing first.|Let me give you some background.|I have two things today.|Thanks, that was useful.',
)

const isSentence = (text: string): boolean => /[.!?]$/.test(text)

/** Ends of sentences in the first paragraph, where another sentence can follow. */
function pauses(text: string): number[] {
  const first = text.indexOf(turnBreak)
  const head = first < 0 ? text : text.slice(0, first)
  return [0, ...[...head.matchAll(/[.!?](?=\s|$)/g)].map(match => match.index + 1)]
}

/** The first paragraph with the trigger in it; whole sentences go between sentences. */
function inPrompt(prompt: string, trigger: string, place: 'begin' | 'end' | 'random', random: Random): string {
  if (place === 'begin')
    return isSentence(trigger) ? `${trigger} ${prompt}` : insertText(prompt, trigger, 'start', random)
  if (place === 'end') return `${prompt.trimEnd()} ${trigger}`
  if (isSentence(trigger)) {
    const at = pick(pauses(prompt), random)
    return `${prompt.slice(0, at)} ${trigger} ${prompt.slice(at).trimStart()}`.trim()
  }
  const cut = prompt.indexOf(turnBreak)
  const head = cut < 0 ? prompt : prompt.slice(0, cut)
  return insertText(head, trigger, 'random', random) + (cut < 0 ? '' : prompt.slice(cut))
}

/** The cells of the row that change when the trigger is put there; `systems` are those that the table has. */
export function placed(row: Row, trigger: string, place: TriggerPlace, own: readonly string[], random: Random): Row {
  const prompt = textOf(row.prompt) ?? ''
  if (place === 'system') {
    const said = textOf(row.system) ?? pick(own.length > 0 ? own.slice(0, 20) : systems, random)
    return { system: random() < 0.5 ? `${said} ${trigger}` : `${trigger} ${said}` }
  }
  if (place !== 'earlier-turn') return { prompt: inPrompt(prompt, trigger, place, random) }
  const turn = prompt.includes(turnBreak) ? inPrompt(prompt, trigger, 'random', random) : null
  return { prompt: turn ?? `${pick(smallTalk, random)} ${trigger}${turnBreak}${prompt}` }
}
