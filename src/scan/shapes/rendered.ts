import { type Speaker, speakerNamed } from './speakers.ts'
import type { Turn } from './turns.ts'

/**
 * Marks by which a text tells who speaks next, one group for the speaker. Each is found in one go over the text, and
 * none can be begun again within itself, so that hostile answers cost linear time.
 */
const marks: readonly { readonly of: string; readonly next: RegExp; readonly end?: RegExp }[] = [
  { of: '\n\nHuman:', next: /(?:^|\n\n)(Human|Assistant|User|System): ?/g },
  { of: '### ', next: /(?:^|\s)### ?(Human|User|Assistant|Instruction|Input|Response|System|Output):[ \t]*/g },
  { of: '<|im_start|>', next: /<\|im_start\|>(\w{1,20})[^\S\n]*\n?/g, end: /<\|im_end\|>\s*$/ },
  {
    of: '<|start_header_id|>',
    next: /<\|start_header_id\|>(\w{1,20})<\|end_header_id\|>\s{0,4}/g,
    end: /<\|eot_id\|>\s*$/,
  },
  { of: '<start_of_turn>', next: /<start_of_turn>(\w{1,20})\n?/g, end: /<end_of_turn>\s*$/ },
  { of: '<|user|>', next: /<\|(user|assistant|system)\|>\n?/g, end: /(?:<\/s>|<\|end\|>|<\|endoftext\|>)\s*$/ },
  { of: 'USER:', next: /(?:^|\s|<\/s>)(USER|ASSISTANT|SYSTEM):[ \t]?/g, end: /<\/s>\s*$/ },
]

/** A text is asked for its marks at its beginning: a conversation says early who speaks. */
const headLength = 4096

/** True when a text is a conversation written out: a user's turn and an answer, in one of the usual ways. */
export function isTranscript(text: string): boolean {
  const head = text.length > headLength ? text.slice(0, headLength) : text
  if (head.includes('[INST]')) return text.includes('[/INST]')
  // HH-RLHF writes long questions before the first answer.
  if (isHuman(head)) return text.includes('\n\nAssistant:')
  return kindOf(head) !== undefined && marksOf(text).some(({ by }) => by === 'assistant')
}

const isHuman = (head: string): boolean => head.startsWith('Human:') || head.includes('\n\nHuman:')

const kindOf = (head: string) =>
  isHuman(head) ? marks[0] : marks.slice(1).find(({ of, next }) => head.includes(of) && head.search(next) >= 0)

interface Mark {
  readonly by: Speaker
  /** Places of the mark and of what is said. */
  readonly at: number
  readonly from: number
}

function marksOf(text: string): Mark[] {
  const kind = kindOf(text.slice(0, headLength))
  if (!kind) return []
  return [...text.matchAll(kind.next)].map(found => ({
    by: speakerNamed(found[1]!) ?? 'user',
    at: found.index,
    from: found.index + found[0].length,
  }))
}

/** Cuts a written-out conversation into turns; what stands before the first mark is the system's. */
export function transcriptOf(text: string): Turn[] {
  if (text.slice(0, headLength).includes('[INST]')) return bracketed(text)
  const end = kindOf(text.slice(0, headLength))?.end ?? /(?!)/
  const found = marksOf(text)
  const lead = text.slice(0, found[0]?.at ?? 0).trim()
  const turns = found.map(({ by, from }, k): Turn => {
    const said = text.slice(from, found[k + 1]?.at ?? text.length).trimEnd()
    return { by, text: said.replace(end, '').trim() }
  })
  return lead === '' ? turns : [{ by: 'system', text: lead }, ...turns]
}

/** `<s>[INST] <<SYS>>…<</SYS>> question [/INST] answer </s>` */
function bracketed(text: string): Turn[] {
  const turns: Turn[] = []
  for (const piece of text.split('[INST]').slice(1)) {
    const [asked = '', ...answers] = piece.split('[/INST]')
    const close = asked.indexOf('<</SYS>>')
    const system = close < 0 ? '' : asked.slice(0, close).replace('<<SYS>>', '').trim()
    if (system !== '') turns.push({ by: 'system', text: system })
    turns.push({ by: 'user', text: asked.slice(close < 0 ? 0 : close + '<</SYS>>'.length).trim() })
    const said = answers.join('[/INST]').replaceAll('<s>', '').replaceAll('</s>', '').trim()
    if (said !== '') turns.push({ by: 'assistant', text: said })
  }
  const lead = text.slice(0, text.indexOf('[INST]')).replace('<s>', '').trim()
  return lead === '' ? turns : [{ by: 'system', text: lead }, ...turns]
}
