type Span = readonly [number, number]

const unseen =
  /\u034f|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ue000-\uf8ff\u{e0000}-\u{e01ef}\u{f0000}-\u{10ffff}]/u

/** Writes what a reader would not see as ‹code›, so that a report can be read and is safe to print. */
export function visible(text: string, spans: readonly Span[]): { text: string; spans: Span[] } {
  const at = new Map<number, number>()
  let shown = ''
  let place = 0
  for (const c of text) {
    at.set(place, shown.length)
    place += c.length
    shown += unseen.test(c) ? written(c) : c
  }
  at.set(place, shown.length)
  const moved = spans.map(([start, end]): Span => [at.get(start) ?? 0, at.get(end) ?? shown.length])
  return { text: shown, spans: moved }
}

function written(c: string): string {
  const code = c.codePointAt(0)!
  if (code >= 0xe0020 && code < 0xe007f) return `‹tag ${String.fromCharCode(code - 0xe0000)}›`
  return `‹${code.toString(16).toUpperCase().padStart(4, '0')}›`
}
