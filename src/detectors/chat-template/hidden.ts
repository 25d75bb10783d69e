import type { Sightings } from './sighting.ts'

const zeroWidth =
  /[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\uffa0\ufff9-\ufffb]|\u034f|(?!^)\ufeff/gu
const turning = /[\u202a-\u202e\u2066-\u2069]/gu
const tags = /[\u{e0000}-\u{e0fff}]+/gu
const control = /[\x00-\x08\x0e-\x1f\x7f-\x9f]/gu
/** Letters of look-alike scripts inside Latin words. */
const lookalike = /(?<=[A-Za-z])[\u0370-\u03ff\u0400-\u052f]+(?=[A-Za-z])|(?<![\p{L}])[\u0400-\u052f](?=[A-Za-z]{2})/gu
/** Nobody indents so far or leaves so many lines empty; editors do not show what stands behind. */
const blanks = /[ \t\u00a0\u3000]+|\n+/g
const [farRight, farDown] = [160, 60]
/** So many of a kind show what it is. */
const mostEach = 200
const joiner = /\u200d/u

/** Characters that a reader of the template does not see or takes for others, and text moved out of sight. */
export function judgeHidden(source: string, texts: readonly string[], sightings: Sightings): void {
  const see = (
    pattern: RegExp,
    rule: 'hidden' | 'pushed',
    severity: 'hold' | 'block',
    of: (found: string) => string,
  ) => {
    let count = 0
    for (const { index, 0: found } of source.matchAll(pattern)) {
      if (++count > mostEach) break
      if (joiner.test(found) && isEmoji(source, index)) continue
      sightings.add({ rule, severity, start: index, end: index + found.length, what: of(found).slice(0, 160) })
    }
  }
  see(tags, 'hidden', 'block', tagText)
  see(turning, 'hidden', 'block', codes)
  see(zeroWidth, 'hidden', 'block', codes)
  see(control, 'hidden', 'hold', codes)
  see(lookalike, 'hidden', 'hold', codes)
  for (const { index, 0: run } of source.matchAll(blanks)) {
    const end = index + run.length
    const far = run.length >= (run[0] === '\n' ? farDown : farRight) && /\S/.test(source[end] ?? '')
    if (far) sightings.add({ rule: 'pushed', severity: 'hold', start: index, end, what: `${run.length} blanks` })
  }
  for (const text of texts) {
    const found = [tags, turning, zeroWidth].map(pattern => text.match(pattern)?.[0]).find(each => each !== undefined)
    if (found && !source.includes(found) && !joiner.test(found))
      sightings.add({ rule: 'hidden', severity: 'block', start: 0, end: 0, what: codes(found) })
  }
}

const codes = (text: string): string =>
  Array.from(text.slice(0, 40), c => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`).join(' ')

/** Letters of the tag block spell ASCII. */
const tagText = (text: string): string => {
  const spelled = Array.from(text, c => c.codePointAt(0)! - 0xe0000)
    .filter(code => code >= 32 && code < 127)
    .map(code => String.fromCharCode(code))
    .join('')
  return spelled === '' ? codes(text) : spelled
}

const isEmoji = (text: string, at: number): boolean =>
  /\p{Extended_Pictographic}\ufe0f?[\u{1f3fb}-\u{1f3ff}]?$/u.test(text.slice(Math.max(0, at - 6), at))
