import type { Sighting } from './sighting.ts'

/** Letters of other scripts and the Latin letters they are taken for (after Unicode TR 39, the convincing ones). */
const twins = new Map<string, string>()
const pairs = [
  'аaеeоoрpсcуyхxіiјjѕsԁdһhӏlԛqԝwкkАAВBЕEНHІIЈJКKМMОOРPЅSТTХXУYСCԌGԜW',
  'οoνvρpυuαaιiκkτtχxγyϲcΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX',
  'ոnսuօoհhցgզqՏSԼLՍUՕO',
  'ᎪAᎬEᏔWᎢTᎥiᏟCᎫJᏦKᎷMᏢPᏚSᏙVᏃZᎠDᎡRᎻHᏀGᏴB',
]
for (const list of pairs) {
  const letters = Array.from(list)
  for (let k = 0; k < letters.length; k += 2) twins.set(letters[k]!, letters[k + 1]!)
}

/** The Latin letter a character stands in for; compatibility letters (fullwidth, mathematical) by normalisation. */
function twinOf(letter: string): string | undefined {
  const known = twins.get(letter)
  if (known) return known
  if (!/[\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7cb}]/u.test(letter)) return undefined
  const plain = letter.normalize('NFKC')
  return /^[A-Za-z]$/.test(plain) ? plain : undefined
}

const latin = /[A-Za-zÀ-ɏ]/
const scripts = {
  Cyrillic: /\p{sc=Cyrillic}/gu,
  Greek: /\p{sc=Greek}/gu,
  Armenian: /\p{sc=Armenian}/gu,
  Cherokee: /\p{sc=Cherokee}/gu,
  styled: /[\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7cb}]/gu,
}
type Script = keyof typeof scripts
const scriptOf = (letter: string): Script | undefined =>
  (Object.keys(scripts) as Script[]).find(script => letter.search(scripts[script]) === 0)
/** Latin letters that a Cyrillic, Greek … word could be given instead of its own. */
const reverse = new Map<Script, Set<string>>()
for (const [letter, twin] of twins) {
  const script = scriptOf(letter)!
  reverse.set(script, (reverse.get(script) ?? new Set()).add(twin))
}

/** A Latin letter beside a letter of one of the scripts: without that, no word can be disguised. */
const seam =
  /[A-Za-zÀ-ɏ][Ͱ-Ͽ\u0400-\u052f\u0531-\u0587Ꭰ-Ᏼ\uff21-\uff5a\ud835]|[Ͱ-Ͽ\u0400-\u052f\u0531-\u0587Ꭰ-Ᏼ\uff21-\uff5a\udc00-\udfff][A-Za-zÀ-ɏ]/
const words = /[\p{L}\p{M}]{3,}/gu

/**
 * Words in which letters of one script stand between letters of another as their look-alikes. Words that change script
 * once, such as a borrowed stem with a native ending, are how people write; so are words with letters nobody mistakes.
 */
export function lookalikes(text: string): Sighting[] {
  if (!seam.test(text)) return []
  const found: Sighting[] = []
  const known = new Map<Script, boolean>()
  const mostlyLatin = (script: Script): boolean => {
    if (!known.has(script)) known.set(script, count(text, /[A-Za-z]/g) >= 2 * count(text, scripts[script]))
    return known.get(script)!
  }
  for (const match of text.matchAll(words)) {
    const kind = seam.test(match[0]) ? kindOf(match[0], mostlyLatin) : null
    if (kind) found.push({ kind, start: match.index, end: match.index + match[0].length, decoded: '' })
  }
  return found
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

function kindOf(word: string, mostlyLatin: (script: Script) => boolean): 'lookalike' | 'latin-lookalike' | null {
  const letters = Array.from(word).filter(c => /\p{L}/u.test(c))
  const foreign = letters.filter(c => !latin.test(c))
  const script = foreign.length > 0 ? scriptOf(foreign[0]!) : undefined
  if (!script || foreign.some(c => scriptOf(c) !== script)) return null
  const own = letters.filter(c => latin.test(c))
  const switches = letters.reduce((n, c, i) => n + (i > 0 && latin.test(c) !== latin.test(letters[i - 1]!) ? 1 : 0), 0)
  const imitates = foreign.every(c => twinOf(c) !== undefined)
  if (imitates && mostlyLatin(script)) {
    const edge = switches === 1 && script !== 'Greek' && script !== 'styled' && foreign.length <= 2 && own.length >= 3
    return edge || (switches >= 2 && own.length >= 2) ? 'lookalike' : null
  }
  const replaced = own.every(c => reverse.get(script)?.has(c))
  return switches >= 2 && replaced && own.length < foreign.length ? 'latin-lookalike' : null
}
