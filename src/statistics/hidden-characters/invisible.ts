import { bitsSpelled, isSpacer } from './bits.ts'
import { type HiddenKind, printable, type Sighting } from './sighting.ts'

/** A quick test: most texts have none of these. Surrogates stand for tags, variation selectors and private planes. */
const any =
  /\u034f|[\ufe00-\ufe0f]|[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ue000-\uf8ff\ufeff\uffa0\ufff9-\ufffb\udb40\udb80-\udbff]/

const stretches: readonly (readonly [HiddenKind, RegExp])[] = [
  ['bidi-override', /[\u202d\u202e]/gu],
  ['bidi-control', /[\u202a\u202b\u2066\u2067]/gu],
  ['ansi-escape', /[\x1b\x9b](?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)|(?<=\x9b)[0-9;?]*[@-~])/g],
  ['invisible-operator', /[\u2061-\u2064]+/g],
  ['filler', /[\u115f\u1160\u17b4\u17b5\u3164\uffa0]{2,}|[\u3164\uffa0]/g],
  ['soft-hyphens', /\xad{2,}/g],
  ['private-use', /[\ue000-\uf8ff\u{f0000}-\u{10ffff}]+/gu],
  ['control', /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]+/g],
  ['deprecated-format', /[\u206a-\u206f\ufff9-\ufffb]+/g],
]

/** Letters of scripts whose spelling or shaping uses zero-width characters, and emoji. */
const joining =
  /[^\P{L}\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hangul}]|\ufe0f|[\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]/u
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const zeroWidth =
  /[\u034f\u180e\u200b-\u200d\u2060\ufeff](?:[\u034f\u180e\u200b-\u200f\u2060\ufeff\xad]*[\u034f\u180e\u200b-\u200d\u2060\ufeff])?/g
const tags = /[\u{e0000}-\u{e007f}]+/gu
const selectors = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{2,}/gu
const flagCode = /^[a-z]{2}[a-z0-9]{1,4}$/

/** Finds characters that a reader does not see, honest uses left out. */
export function invisible(text: string): Sighting[] {
  if (!any.test(text)) return []
  const found = [...tagRuns(text), ...selectorRuns(text), ...zeroWidthRuns(text)]
  for (const [kind, pattern] of stretches) {
    if (kind === 'bidi-control' && rightToLeft.test(text)) continue
    for (const match of text.matchAll(pattern))
      found.push({ kind, start: match.index, end: match.index + match[0].length, decoded: '' })
  }
  return found
}

const codesOf = (run: string): number[] => Array.from(run, c => c.codePointAt(0)!)

/** Runs of the tag block that are not the flag of a region (UTS 51: black flag, region code, cancel tag). */
function tagRuns(text: string): Sighting[] {
  return Array.from(text.matchAll(tags)).flatMap(match => {
    const codes = codesOf(match[0]).map(c => c - 0xe0000)
    const ended = codes.at(-1) === 0x7f
    const decoded = printable(codes.filter(c => c !== 0x7f && c !== 1))
    const flag = text.slice(0, match.index).endsWith('\u{1f3f4}')
    if (flag && flagCode.test(decoded) && ended) return []
    const remains = flagCode.test(decoded) && (ended || flag)
    const kind = remains || (flag && codes.length < 3) ? 'flag-remains' : 'tags'
    return [{ kind, start: match.index, end: match.index + match[0].length, decoded } as const]
  })
}

const byteOf = (code: number): number => (code >= 0xe0100 ? code - 0xe0100 + 16 : code - 0xfe00)

/** Variation selectors in a row: no character takes more than one, and 256 of them are 256 bytes. */
function selectorRuns(text: string): Sighting[] {
  return Array.from(text.matchAll(selectors)).flatMap(match => {
    const bytes = codesOf(match[0]).map(byteOf)
    // Text and emoji style (14 and 15) are piled up by careless software; other selectors never are.
    const styles = bytes.every(b => b >= 14 && b <= 15)
    if (bytes.length < (styles ? 8 : 3) || new Set(bytes).size < 2) return []
    const end = match.index + match[0].length
    return [{ kind: 'variation-payload', start: match.index, end, decoded: printable(bytes) } as const]
  })
}

/** Zero-width characters outside the scripts and emoji that need them; mixed runs are read as bits. */
function zeroWidthRuns(text: string): Sighting[] {
  const runs = Array.from(text.matchAll(zeroWidth))
  const strange = runs.filter(run => run[0].length > 2 || !honest(text, run.index, run[0]))
  if (strange.length === 0) return []
  const found: Sighting[] = strange.map(run => {
    const payload = run[0].length >= 8 && !isSpacer(run[0])
    const [start, end] = [run.index, run.index + run[0].length]
    const kind = payload ? 'zero-width-payload' : splitsWord(text, start, end) ? 'split-word' : 'zero-width'
    return { kind, start, end, decoded: payload ? bitsSpelled(run[0]) : '' }
  })
  if (found.some(f => f.kind === 'zero-width-payload')) return found
  const all = strange.map(run => run[0]).join('')
  const spelled = all.length >= 32 && !isSpacer(all) ? bitsSpelled(all) : ''
  if (spelled.length < 4) return found
  return [{ kind: 'zero-width-payload', start: found[0]!.start, end: found.at(-1)!.end, decoded: spelled }]
}

const ends = /[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]$/u
const begins = /^[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]/u
const hump = /^\p{Ll}.*\p{Lu}$/su

/** Between two letters of alphabets that need no such characters; where a long name may break (`getName`) is layout. */
function splitsWord(text: string, start: number, end: number): boolean {
  const [before, after] = [text.slice(Math.max(0, start - 2), start), text.slice(end, end + 2)]
  return ends.test(before) && begins.test(after) && !hump.test(before.slice(-1) + after.charAt(0))
}

/** A joiner or break beside a letter that may need one, or a byte order mark at an edge of the text. */
function honest(text: string, start: number, run: string): boolean {
  const end = start + run.length
  if (run === '\ufeff') return start === 0 || end === text.length
  const before = Array.from(text.slice(Math.max(0, start - 2), start)).at(-1) ?? ''
  const after = Array.from(text.slice(end, end + 2))[0] ?? ''
  return joining.test(before) || joining.test(after)
}
