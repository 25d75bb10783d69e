/**
 * How far looks move when a picture is re-encoded or resized and a text is edited, and how near those of different ones
 * come: what the limits of 8 and 6 bits stand on. Prints the tables of docs/guide/web-lists.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp, { type Sharp } from 'sharp'
import { type Looks, looksApart, parseLooks, sameLooks, simhash } from '../src/core/index.ts'
import { lookAtPicture } from '../src/sources/index.ts'

const data = fileURLToPath(new URL('../../shared/data/', import.meta.url))

async function looksOf(bytes: Uint8Array): Promise<Looks | null> {
  const seen = await lookAtPicture(bytes)
  return 'looks' in seen ? parseLooks(seen.looks) : null
}

type Change = (picture: Sharp, width: number, height: number) => Sharp
const scaled =
  (by: number): Change =>
  (picture, width, height) =>
    picture.resize(Math.max(1, Math.round(width * by)), Math.max(1, Math.round(height * by)), { fit: 'fill' }).png()
const changes: Readonly<Record<string, Change>> = {
  'JPEG 50': picture => picture.jpeg({ quality: 50 }),
  'JPEG 75': picture => picture.jpeg({ quality: 75 }),
  'JPEG 95': picture => picture.jpeg({ quality: 95 }),
  'WebP 75': picture => picture.webp({ quality: 75 }),
  'half size': scaled(0.5),
  'half, JPEG 75': (...given) => scaled(0.5)(...given).jpeg({ quality: 75 }),
  'quarter size': scaled(0.25),
  'double size': scaled(2),
  brighter: picture => picture.linear(1.1, 10).png(),
  'cut 5 %': (picture, width, height) =>
    picture
      .extract({
        left: Math.round(width * 0.025),
        top: Math.round(height * 0.025),
        width: Math.floor(width * 0.95),
        height: Math.floor(height * 0.95),
      })
      .png(),
}

function printed(name: string, apart: readonly number[], within: number): void {
  const sorted = [...apart].sort((a, b) => a - b)
  const at = (share: number) =>
    String(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]).padStart(2)
  const near = ((100 * sorted.filter(bits => bits <= within).length) / sorted.length).toFixed(1)
  console.log(`  ${name.padEnd(16)} median ${at(0.5)}  95 % ${at(0.95)}  most ${at(1)}  within ${within}: ${near} %`)
}

function pairs(all: readonly Looks[]): void {
  const apart = all.flatMap((a, i) => all.slice(i + 1).map(b => looksApart(a, b)!)).sort((a, b) => a - b)
  const within = apart.filter(bits => bits <= 8).length
  console.log(
    `  ${apart.length} pairs of different ones: nearest ${apart[0]}, median ${apart[apart.length >> 1]}, within 8: ${within}`,
  )
}

async function pictures(folder: string, least: number, most: number): Promise<void> {
  const names = readdirSync(folder, { recursive: true })
    .map(String)
    .filter(name => /\.(png|jpg)$/.test(name))
    .sort()
  const every = least > 0 ? 1 : Math.floor(names.length / most)
  const apart = new Map(Object.keys(changes).map(name => [name, [] as number[]]))
  const all: Looks[] = []
  for (const name of names.filter((_, i) => i % every === 0)) {
    if (all.length === most) break
    const bytes = readFileSync(join(folder, name))
    const { width, height } = await sharp(bytes).metadata()
    const first = Math.min(width, height) < least ? null : await looksOf(bytes)
    if (!first) continue
    all.push(first)
    for (const [change, apply] of Object.entries(changes)) {
      const now = await looksOf(await apply(sharp(bytes), width, height).toBuffer())
      apart.get(change)!.push(now ? looksApart(first, now)! : 64)
    }
  }
  console.log(`${all.length} pictures of ${folder.slice(data.length)}, shorter side at least ${least}`)
  for (const [change, bits] of apart) printed(change, bits, 8)
  pairs(all)
}

function texts(file: string): void {
  const documents = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => String(JSON.parse(line).text))
  const looks = (text: string): Looks => ({ of: 'text', bits: simhash(text) ?? 0n })
  const words = (text: string, change: (words: string[]) => string[]) => change(text.split(' ')).join(' ')
  const edits: Readonly<Record<string, (text: string) => string>> = {
    'case, spacing': text => text.toUpperCase().replaceAll(' ', '  '),
    'no punctuation': text => text.replace(/[.,!?]/g, ''),
    'date added': text => `Updated 21 November 2026 at 08:15. ${text} 1,234 views`,
    'sentence added': text =>
      `${text} As experts have long known, whoever reads this should buy the elixir of Acme at once.`,
    '1 % of words': text => words(text, all => all.map((word, i) => (i % 100 === 50 ? 'zebra' : word))),
    '5 % of words': text => words(text, all => all.map((word, i) => (i % 20 === 10 ? `zebra${i % 99}` : word))),
    'half replaced': text =>
      words(text, all => [...all.slice(0, all.length / 2), ...documents[3]!.split(' ').slice(0, all.length / 2)]),
  }
  console.log(`${documents.length} texts of ${file.slice(data.length)}`)
  for (const [edit, apply] of Object.entries(edits))
    printed(
      edit,
      documents.map(text => looksApart(looks(text), looks(apply(text)))!),
      sameLooks.text,
    )
  pairs(documents.map(looks))
}

/** Pairs of different texts, of a million, that may look the same. */
const budget = 1

/** The largest limit within the budget on every other passage, and what it lets pass of the other ones. */
function limit(file: string): void {
  const passages = (JSON.parse(readFileSync(file, 'utf8')) as { readonly text: string }[]).map(p => simhash(p.text))
  const [chosen, told] = [0, 1].map(half =>
    within(passages.filter((bits, i) => bits !== null && i % 2 === half) as bigint[]),
  )
  const bits = chosen!.findLastIndex(share => share <= budget)
  console.log(`${passages.length} passages of ${file.slice(data.length)}, each half compared with itself`)
  console.log(
    `  at most ${budget} pair in a million on one half: ${bits} bits; on the other ${told![bits]!.toFixed(1)} in a million`,
  )
}

/** Pairs in a million that are at most 0, 1, 2, … bits apart. */
function within(all: readonly bigint[]): number[] {
  const halves = all.map(bits => [Number(bits >> 32n) | 0, Number(bits & 0xffffffffn) | 0] as const)
  const counts = new Array<number>(65).fill(0)
  for (const [i, [high, low]] of halves.entries())
    for (let j = 0; j < i; j++) counts[ones(high ^ halves[j]![0]) + ones(low ^ halves[j]![1])]!++
  const pairs = (halves.length * (halves.length - 1)) / 2
  let sum = 0
  return counts.map(count => (1e6 * (sum += count)) / pairs)
}

function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

if (!existsSync(data)) console.log(`${data} is not there: nothing to measure.`)
else {
  await pictures(join(data, 'images/gtsrb'), 96, 1000)
  await pictures(join(data, 'images/gtsrb'), 0, 200)
  await pictures(join(data, 'images/cifar10'), 0, 200)
  texts(join(data, 'crawl/c4-sample/c4.jsonl'))
  limit(join(data, 'rag/2wikimultihopqa/2wikimultihopqa_corpus.json'))
}
