import { type Cell, type Plain, textOf } from '../../core/index.ts'

/** One turn of a conversation. */
export interface Turn {
  readonly by: 'system' | 'user' | 'assistant' | 'tool'
  readonly text: string
}

/** Turns, and what was odd about them (kinds of defects). */
export interface Talk {
  readonly turns: readonly Turn[]
  readonly odd: readonly string[]
}

const speakers: Readonly<Record<string, Turn['by']>> = {
  system: 'system',
  developer: 'system',
  context: 'system',
  user: 'user',
  human: 'user',
  prompter: 'user',
  customer: 'user',
  instruction: 'user',
  question: 'user',
  assistant: 'assistant',
  gpt: 'assistant',
  bot: 'assistant',
  model: 'assistant',
  ai: 'assistant',
  chatgpt: 'assistant',
  bing: 'assistant',
  bard: 'assistant',
  agent: 'assistant',
  chosen: 'assistant',
  tool: 'tool',
  function: 'tool',
  function_call: 'assistant',
  function_response: 'tool',
  observation: 'tool',
  ipython: 'tool',
}

type Record_ = { readonly [key: string]: Plain }
const isRecord = (value: unknown): value is Record_ =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

const speakerOf = (turn: Record_): Turn['by'] | null => {
  const name = turn.role ?? turn.from ?? turn.speaker ?? turn.author
  return typeof name === 'string' ? (speakers[name.trim().toLowerCase()] ?? null) : null
}

/** True when a cell looks like turns: objects that say who speaks. */
export const isTurns = (cell: Cell | undefined): boolean =>
  Array.isArray(cell) && cell.length > 0 && isRecord(cell[0]) && speakerOf(cell[0]) !== null

/** Reads turns of the OpenAI (`role`, `content`) and ShareGPT (`from`, `value`) kinds. Nothing is dropped in silence. */
export function turnsOf(cell: Cell | undefined): Talk {
  const odd = new Set<string>()
  const turns: Turn[] = []
  for (const turn of Array.isArray(cell) ? cell : [cell]) {
    if (!isRecord(turn)) {
      odd.add('not-a-turn')
      continue
    }
    const by = speakerOf(turn)
    if (by === null) odd.add('unknown-speaker')
    const text = contentOf(turn.content ?? turn.value ?? turn.text ?? null, odd)
    const called = turn.tool_calls ?? turn.function_call
    const said = called == null ? text : [text, JSON.stringify(called)].filter(part => part !== '').join('\n')
    turns.push({ by: by ?? 'user', text: said })
  }
  return { turns, odd: [...odd] }
}

/** Text of a turn: parts of text are joined, others (pictures, audio) are named as odd. */
function contentOf(content: Plain, odd: Set<string>): string {
  if (typeof content === 'string') return content
  if (content === null) return ''
  if (!Array.isArray(content)) {
    if (isRecord(content) && typeof content.text === 'string') return content.text
    odd.add('not-text')
    return textOf(content) ?? ''
  }
  const parts = content.map(part => {
    if (typeof part === 'string') return part
    if (isRecord(part) && typeof part.text === 'string') return part.text
    odd.add('not-text')
    return ''
  })
  return parts.filter(part => part !== '').join('\n')
}

const spoken = /(?:^|\n\n)(Human|Assistant|User|System): ?/g

/** True when a text is a transcript in the manner of HH-RLHF: `\n\nHuman: … \n\nAssistant: …`. */
export const isTranscript = (text: string): boolean => /(?:^|\n\n)Human: ?[\s\S]*\n\nAssistant:/.test(text)

/** Cuts a transcript into turns. */
export function transcriptOf(text: string): Turn[] {
  const marks = [...text.matchAll(spoken)]
  return marks.map((mark, k) => ({
    by: mark[1] === 'Assistant' ? 'assistant' : mark[1] === 'System' ? 'system' : 'user',
    text: text.slice(mark.index + mark[0].length, marks[k + 1]?.index ?? text.length).trim(),
  }))
}
