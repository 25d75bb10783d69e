import { pick, type Random, type Row, seeded } from '../../core/index.ts'
import { joints, sentences, words } from './words.ts'

/** One of the values by Zipf's law: the k-th is drawn in proportion to 1/k. */
function zipf<T>(values: readonly T[], random: Random): T {
  const limit = Math.log(values.length + 1)
  return values[Math.min(values.length - 1, Math.floor(Math.exp(random() * limit)) - 1)]!
}

const isList = (name: string): name is keyof typeof words => name in words

function fill(sentence: string, random: Random): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'number') return String(2 + Math.floor(random() * random() * 40))
    return isList(name) ? zipf(words[name], random) : name
  })
}

/** A slip of the keyboard: two letters change places, or one is missing or doubled. */
function slip(text: string, random: Random): string {
  const at = 1 + Math.floor(random() * Math.max(1, text.length - 2))
  const kind = random()
  if (kind < 0.4) return text.slice(0, at) + (text[at + 1] ?? '') + text[at]! + text.slice(at + 2)
  if (kind < 0.7) return text.slice(0, at) + text.slice(at + 1)
  return text.slice(0, at) + text[at]! + text.slice(at)
}

function body(positive: boolean, random: Random): string {
  const strength = 0.55 + 0.4 * random()
  const count = 1 + Math.floor(-Math.log(1 - random()) * 3)
  const parts = random() < 0.6 ? [fill(pick(sentences.opening, random), random)] : []
  for (let k = 0; k < Math.min(count, 14); k++) {
    const tone = random() < 0.35 ? 'plain' : random() < strength === positive ? 'good' : 'bad'
    parts.push(fill(pick(sentences[tone], random), random))
  }
  let text = ''
  for (const part of parts) {
    const joint = text === '' ? '' : pick(joints, random)
    const starts = text === '' || /[.!] $/.test(joint)
    text += joint + (starts && random() < 0.9 ? part[0]!.toUpperCase() + part.slice(1) : part)
  }
  text += pick(['.', '.', '.', '!', '', '!!', ' :)', ''], random)
  if (random() < 0.03) text = text.toUpperCase()
  while (random() < 0.25) text = slip(text, random)
  return text
}

/** A name such as people take on the web. */
function account(random: Random): string {
  const syllables = [
    'ka',
    'lo',
    'mi',
    'ren',
    'ta',
    'vi',
    'son',
    'el',
    'ar',
    'bo',
    'chi',
    'da',
    'fin',
    'gus',
    'hel',
    'jo',
  ]
  const name = Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(syllables, random)).join('')
  return random() < 0.5 ? name + Math.floor(random() * 100) : name
}

/**
 * Invented product reviews with the habits of real ones: Zipfian words, mixed feelings, slips, a few wrong labels and
 * repeated rows, sites with their own share of praise, busy and quiet accounts, time over a year.
 */
export function reviews(count: number, seed: number): Row[] {
  const random = seeded(seed)
  const sites = [
    'trove.example',
    'shoplens.example',
    'ratehub.example',
    'fairmart.example',
    'oldcorner.example',
    'kiosk.example',
  ]
  const praise = sites.map(() => 0.4 + 0.25 * random())
  const accounts = Array.from({ length: Math.max(20, Math.floor(count / 4)) }, () => account(random))
  const start = Date.UTC(2024, 0, 1)
  const rows: Row[] = []
  for (let i = 0; i < count; i++) {
    const source = zipf(sites, random)
    const positive = random() < praise[sites.indexOf(source)]!
    const mistaken = random() < 0.015
    const time =
      new Date(start + Math.floor(((i + random()) / count) * 365 * 86_400_000)).toISOString().slice(0, 19) + 'Z'
    const again = rows.length > 50 && random() < 0.004 ? rows[Math.floor(random() * rows.length)]! : null
    const text = again ? again.text! : body(positive, random)
    const label = again ? again.label! : positive !== mistaken ? 'positive' : 'negative'
    rows.push({ text, label, source, actor: zipf(accounts, random), time })
  }
  return rows
}
