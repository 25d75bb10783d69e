import { hashString } from '../../core/index.ts'

/** A string that nobody would write by chance. */
export interface OddString {
  readonly kind: string
  readonly value: string
}

/** Characters of a text that are read, and strings of it. */
const mostRead = 200_000
const mostStrings = 200

/** Well-known forms of keys; every pattern is linear. */
const forms: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: 'private key', pattern: /-----BEGIN (?:[A-Z]{2,10} ){0,3}PRIVATE KEY-----[A-Za-z0-9+/=\s]{0,200}/g },
  { kind: 'AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { kind: 'GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40,100})\b/g },
  { kind: 'GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20}\b/g },
  { kind: 'API key of a model service', pattern: /\bsk-(?:ant-|proj-|or-)?[A-Za-z0-9_-]{20,160}/g },
  { kind: 'Slack token', pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,100}/g },
  { kind: 'Google API key', pattern: /\bAIza[0-9A-Za-z_-]{35}/g },
  { kind: 'payment key', pattern: /\b[sr]k_live_[0-9A-Za-z]{20,100}/g },
  { kind: 'mail service key', pattern: /\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}/g },
  { kind: 'model hub token', pattern: /\bhf_[A-Za-z]{30,40}\b/g },
  { kind: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  {
    kind: 'signed web token',
    pattern: /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,2000}/g,
  },
]
const told =
  /\b(?:secret|password|passcode|passphrase|pin(?: code)?|api key|access code|social security number|canary)\s{0,3}(?:is|:|=)\s{0,3}["'`]?([^\s"'`.,;]{4,64})/gi
const card = /\b\d(?:[ -]?\d){12,18}\b/g
const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi
const long = /[A-Za-z0-9_+=-]{12,200}/g

/** Kinds that open a door; the others are merely odd. */
export const secretKinds: ReadonlySet<string> = new Set(forms.map(({ kind }) => kind))

/** Odd strings of a text, each once: keys of known forms, cards, identifiers, told secrets, and what looks random. */
export function oddStringsOf(text: string): OddString[] {
  const read = text.length > mostRead ? text.slice(0, mostRead) : text
  const found = new Map<string, string>()
  const put = (kind: string, value: string) => {
    if (found.size < mostStrings && !found.has(value)) found.set(value, kind)
  }
  for (const { kind, pattern } of forms)
    for (const [value] of read.matchAll(pattern))
      if (kind === 'private key' ? value.length > 80 : looksRandom(value)) put(kind, value.trim())
  for (const [value] of read.matchAll(card)) if (isCard(value)) put('card number', value)
  for (const [value] of read.matchAll(uuid)) if (!/^(.)\1{7}/.test(value)) put('identifier', value.toLowerCase())
  for (const match of read.matchAll(told))
    if (/\d/.test(match[1]!) || looksRandom(match[1]!)) put('told secret', match[1]!)
  for (const [value] of read.matchAll(long)) {
    if ([...found.keys()].some(known => known.includes(value.toLowerCase()) || known.includes(value))) continue
    if (looksRandom(value)) put('random string', value)
  }
  return [...found].map(([value, kind]) => ({ kind, value }))
}

/** Luhn's check digit, and not all the same. */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  if (digits.length < 13 || digits.length > 19 || new Set(digits).size < 4) return false
  if (!/^(?:3[47]|4|5[1-5]|2[2-7]|6(?:011|5))/.test(digits)) return false
  const sum = [...digits].reverse().reduce((all, digit, k) => {
    const n = Number(digit) * (k % 2 === 1 ? 2 : 1)
    return all + (n > 9 ? n - 9 : n)
  }, 0)
  return sum % 10 === 0
}

/**
 * Whether letters and digits are mixed as chance mixes them: several kinds of characters that change often, hardly a
 * character repeated or following the one before it in the alphabet, and no part that could be a word.
 */
export function looksRandom(value: string): boolean {
  const core = value.replace(/^[A-Za-z]{2,4}[_-]|[_+=-]/g, '')
  if (core.length < 12 || /example|sample|dummy|xxxx|1234|abcd/i.test(core)) return false
  const counts = new Map<string, number>()
  let [changes, runs] = [0, 0]
  for (let i = 0; i < core.length; i++) {
    counts.set(core[i]!, (counts.get(core[i]!) ?? 0) + 1)
    if (i === 0) continue
    if (kindOf(core.charCodeAt(i)) !== kindOf(core.charCodeAt(i - 1))) changes++
    if (Math.abs(core.charCodeAt(i) - core.charCodeAt(i - 1)) <= 1) runs++
  }
  const entropy = [...counts.values()].reduce((sum, n) => sum - (n / core.length) * Math.log2(n / core.length), 0)
  const least = Math.min(3, 0.8 * Math.log2(core.length))
  return (
    // Names and versions have one number, behind or in front.
    (core.match(/\d+/g) ?? []).length >= 2 &&
    (core.match(/[A-Za-z]+/g) ?? []).length >= 2 &&
    entropy >= least &&
    changes >= 0.3 * core.length &&
    runs <= 0.25 * core.length &&
    !/[a-z]{7}|[A-Z]{9}|\d{9}/.test(core)
  )
}

const kindOf = (unit: number): number => (unit < 58 ? 0 : unit < 91 ? 1 : 2)

/** The first characters and the length: enough to find a string, not to use it. */
export const masked = (value: string): string =>
  `${value.slice(0, Math.min(4, Math.floor(value.length / 4)))}… (${value.length} characters)`

/** Place of a string in the order by which too many are drawn. */
export const rankOf = (value: string): number =>
  (hashString(value, 0x51ed27) >>> 0) * 2097152 + (hashString(value, 7) >>> 11)
