import { type Row, type TalkRole, talkText, textOf, turnBreak } from '../core/index.ts'

type Span = { readonly from: number; readonly to: number; readonly says: string }

const before: readonly TalkRole[] = ['system', 'prompt']
const after: readonly TalkRole[] = ['rejected', 'chosen', 'response']

/**
 * The `text` of a row of talk after some of its cells were changed. Turns that are in no cell (the answers between) stay
 * where they are: what changed is changed inside the old text, and only a text that does not hold the old cell is told
 * anew.
 */
export function retold(was: Row, row: Row): string {
  const old = textOf(was.text)
  if (!old) return talkText(row)
  const spans: Span[] = []
  let [from, to] = [0, old.length]
  for (const role of before) {
    const own = changed(old.slice(from, to), was, row, role)
    if (!own) return talkText(row)
    spans.push(...own.map(span => moved(span, from)))
    from += own.at(-1)?.to ?? 0
  }
  for (const role of after) {
    const own = changed(old.slice(from, to), was, row, role)
    if (!own) return talkText(row)
    spans.push(...own.map(span => moved(span, from)))
    if (own[0]) to = from + own[0].from
  }
  spans.sort((a, b) => b.from - a.from)
  return spans.reduce((text, { from, to, says }) => text.slice(0, from) + says + text.slice(to), old)
}

const moved = ({ from, to, says }: Span, by: number): Span => ({ from: from + by, to: to + by, says })

/** What to write where for one cell: nothing where it stays as it is, null where the old cell cannot be found. */
function changed(text: string, was: Row, row: Row, role: TalkRole): Span[] | null {
  const [old, fresh] = [textOf(was[role])?.trim() ?? '', textOf(row[role])?.trim() ?? '']
  if (old === '') return fresh === '' ? [] : null
  if (fresh === '') return null
  const last = after.includes(role)
  const at = last ? text.lastIndexOf(old) : text.indexOf(old)
  if (at >= 0) return [{ from: at, to: at + old.length, says: fresh }]
  if (old === fresh) return []
  return last ? null : betweenTurns(text, old, fresh)
}

/** The spans of the paragraphs of several turns that changed, each found behind the one before. */
function betweenTurns(text: string, old: string, fresh: string): Span[] | null {
  const [then, now] = [old.split(turnBreak), fresh.split(turnBreak)]
  const [head, tail] = alikeEnds(then, now)
  const [gone, come] = [then.slice(head, then.length - tail), now.slice(head, now.length - tail)]
  let from = 0
  for (const part of then.slice(0, head)) {
    const at = text.indexOf(part, from)
    if (at < 0) return null
    from = at + part.length
  }
  if (gone.length !== come.length) {
    const whole = gone.join(turnBreak)
    const at = text.indexOf(whole, from)
    return at < 0 ? null : [{ from: at, to: at + whole.length, says: come.join(turnBreak) }]
  }
  const spans: Span[] = []
  for (const [k, part] of gone.entries()) {
    const at = text.indexOf(part, from)
    if (at < 0) return null
    spans.push({ from: at, to: at + part.length, says: come[k]! })
    from = at + part.length
  }
  return spans
}

/** Paragraphs that both begin and end with; one that is left alone stands for where others came or went. */
function alikeEnds(then: readonly string[], now: readonly string[]): [number, number] {
  const most = Math.min(then.length, now.length) - (then.length === now.length ? 0 : 1)
  let head = 0
  while (head < most && then[head] === now[head]) head++
  let tail = 0
  while (tail < most - head && then[then.length - 1 - tail] === now[now.length - 1 - tail]) tail++
  return [head, tail]
}
