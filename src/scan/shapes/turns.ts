import { type Cell, type Plain, textOf } from '../../core/index.ts'
import { type Fields, isFields, literalOf } from './literal.ts'
import { isTranscript, transcriptOf } from './rendered.ts'
import { type Speaker, speakerNamed } from './speakers.ts'

/** One turn of a conversation. */
export interface Turn {
  readonly by: Speaker
  readonly text: string
}

/** Turns, and what was odd about them (kinds of defects). */
export interface Talk {
  readonly turns: readonly Turn[]
  readonly odd: readonly string[]
}

const nameOf = (turn: Fields): Plain | undefined => turn.role ?? turn.from ?? turn.speaker ?? turn.author
const saidIn = (turn: Fields): Plain | undefined =>
  turn.content ?? turn.value ?? turn.text ?? turn.message ?? turn.utterance

const says = ['content', 'value', 'text', 'message', 'utterance', 'tool_calls', 'function_call'] as const
const isTurn = (value: unknown): value is Fields =>
  isFields(value) && typeof nameOf(value) === 'string' && says.some(key => key in value)

/** An object such as `{"human": "…", "assistant": "…"}`: its keys are the speakers. */
const isExchange = (value: unknown): boolean =>
  isFields(value) &&
  !isTurn(value) &&
  Object.keys(value).some(key => speakerNamed(key) === 'user') &&
  Object.keys(value).some(key => speakerNamed(key) === 'assistant')

/** A column of lists, as Hugging Face stores a sequence of turns: `{"role": ["user", …], "content": ["…", …]}`. */
const isTurned = (value: unknown): value is Fields =>
  isFields(value) && Array.isArray(nameOf(value)) && Array.isArray(saidIn(value))

/** The value that a cell holds or spells. */
function contained(cell: Cell | undefined): Cell | undefined {
  const value = typeof cell === 'string' ? (literalOf(cell) ?? cell) : cell
  // OpenAI writes the turns before two answers as `{"messages": […]}`.
  const inner = isFields(value) ? (value.messages ?? value.conversations) : undefined
  return Array.isArray(inner) ? (inner as readonly Plain[]) : value
}

/** True when a cell holds turns that say who speaks, whichever of the usual ways it does, also spelled as JSON. */
export const isTurns = (cell: Cell | undefined): boolean => holdsTurns(contained(cell))

function holdsTurns(value: Cell | undefined): boolean {
  if (isTurned(value) || isTurn(value)) return true
  if (!Array.isArray(value) || value.length === 0) return false
  const [first] = value
  return isTurn(first) || isExchange(first) || (Array.isArray(first) && isTurn(first[0]))
}

/** True when a cell is a list of what was said by turns: of texts, or of pairs of question and answer. */
export function isSaid(cell: Cell | undefined): boolean {
  const value = contained(cell)
  return Array.isArray(value) && value.length > 0 && value.every(each => typeof each === 'string' || isPair(each))
}

const isPair = (value: Plain): value is readonly Plain[] =>
  Array.isArray(value) && value.length === 2 && value.every(each => typeof each === 'string' || each === null)

/** True when a cell holds a conversation written out as text. */
export const isWritten = (cell: Cell | undefined): boolean => typeof cell === 'string' && isTranscript(cell)

/** What is known of the column of a cell. */
export interface Hearing {
  /** True in a column of messages: lists need not say who speaks. */
  readonly sure?: boolean
  /** True in a column of conversations written out: elsewhere such a text is quoted by somebody. */
  readonly written?: boolean
}

/** Turns of a cell that may hold some; none of what is plain text or something else. */
export function heard(
  cell: Cell | undefined,
  odd: (kind: string) => void,
  { sure, written }: Hearing = {},
): readonly Turn[] {
  if (typeof cell !== 'string' && (typeof cell !== 'object' || cell === null)) return []
  if (typeof cell === 'string' && written && isTranscript(cell)) return transcriptOf(cell)
  const value = contained(cell)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  if (!sure && !holdsTurns(value)) return []
  const { turns, odd: kinds } = turnsOf(value)
  for (const kind of kinds) odd(kind)
  return turns
}

/** Reads turns of the OpenAI, ShareGPT and similar kinds. Nothing is dropped in silence. */
export function turnsOf(cell: Cell | undefined): Talk {
  const draft = new Draft()
  const value = contained(cell)
  if (isTurned(value)) draft.turned(value)
  else draft.list(Array.isArray(value) ? (value as readonly Plain[]) : [value])
  return draft.talk()
}

/** Turns under way: speakers that nobody knows are told when all are read. */
class Draft {
  private readonly odd = new Set<string>()
  private readonly turns: { by: Speaker | null; name: string; text: string }[] = []

  list(values: readonly (Cell | undefined)[]): void {
    for (const value of values)
      if (isFields(value) && isExchange(value)) this.exchange(value)
      else if (isFields(value)) this.one(value)
      else if (Array.isArray(value) && (isPair(value as Plain) || value.some(isFields)))
        this.list(value as readonly Plain[])
      else if (typeof value === 'string') this.turns.push({ by: null, name: '', text: value })
      else this.odd.add('not-a-turn')
  }

  turned(value: Fields): void {
    const [names, texts] = [nameOf(value) as readonly Plain[], saidIn(value) as readonly Plain[]]
    for (const [i, text] of texts.entries()) this.one({ role: names[i] ?? null, content: text })
    if (names.length !== texts.length) this.odd.add('not-a-turn')
  }

  private exchange(value: Fields): void {
    const order: readonly Speaker[] = ['system', 'user', 'assistant', 'tool']
    const told = Object.entries(value).flatMap(([key, text]) => {
      const by = speakerNamed(key)
      return by === null || text === null || text === '' ? [] : [{ by, name: key, text: contentOf(text, this.odd) }]
    })
    this.turns.push(...told.sort((a, b) => order.indexOf(a.by) - order.indexOf(b.by)))
  }

  private one(turn: Fields): void {
    const name = nameOf(turn)
    if (typeof name !== 'string') this.odd.add('unknown-speaker')
    const by = typeof name === 'string' ? speakerNamed(name) : null
    const thought = turn.reasoning_content ?? turn.reasoning ?? turn.thinking
    // What a model thinks is trained on, but is not its answer.
    if (typeof thought === 'string' && thought !== '') this.turns.push({ by: 'tool', name: '', text: thought })
    const text = contentOf(saidIn(turn) ?? null, this.odd)
    const called = turn.tool_calls ?? turn.function_call
    const said = called == null || isNothing(called) ? text : [text, JSON.stringify(called)].filter(Boolean).join('\n')
    if (said.trim() === '') this.odd.add('empty-turn')
    this.turns.push({ by, name: typeof name === 'string' ? name : '', text: said })
  }

  talk(): Talk {
    if (this.turns.some(({ by, name }) => by === null && name !== '')) this.odd.add('unknown-speaker')
    const guess = guesser(this.turns)
    let last: Speaker = 'assistant'
    const turns = this.turns.map(({ by, name, text }): Turn => {
      const told = by ?? guess(name) ?? (last === 'user' ? 'assistant' : 'user')
      if (told !== 'tool') last = told
      return { by: told, text }
    })
    return { turns, odd: [...this.odd] }
  }
}

const isNothing = (value: Plain): boolean => Array.isArray(value) && value.length === 0

/** Of speakers that nobody knows, the first asks when nobody else does, and the second answers likewise. */
function guesser(turns: readonly { by: Speaker | null; name: string }[]): (name: string) => Speaker | null {
  const free = (['user', 'assistant'] as const).filter(by => !turns.some(turn => turn.by === by))
  const names = [...new Set(turns.flatMap(({ by, name }) => (by === null && name !== '' ? [name] : [])))]
  return name => (name === '' ? null : (free[names.indexOf(name)] ?? 'user'))
}

/** Text of a turn: parts of text are joined, others (pictures, audio) are named as odd; other values are read as JSON. */
function contentOf(content: Plain, odd: Set<string>): string {
  if (typeof content === 'string') return content
  if (content === null) return ''
  const parts = Array.isArray(content) ? (content as readonly Plain[]) : [content]
  const texts = parts.map(part => {
    if (typeof part === 'string') return part
    const fields = isFields(part) ? part : null
    const inner = fields?.text ?? fields?.content ?? fields?.value
    if (typeof inner === 'string') return inner
    odd.add('not-text')
    return typeof fields?.type === 'string' ? '' : (textOf(part) ?? '')
  })
  return texts.filter(text => text !== '').join('\n')
}
