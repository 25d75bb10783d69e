/**
 * How well flipped labels are ranked: ROC area and average precision at 5, 10 and 20 % of random and of one-directional
 * flips, beside cleanlab on the same rows when BEZOAR_PYTHON names a Python that has cleanlab and scikit-learn.
 * `npx tsx bench/label-noise.ts [corpus,…] [seeds]`
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { labelOf, seeded, shuffled, tableOfRows, textModelDefaults, textOf } from '../src/core/index.ts'
import { corpusOf } from '../src/lab/index.ts'
import { textModel } from '../src/statistics/index.ts'

interface Flipped {
  readonly text: string[]
  readonly label: string[]
  readonly wrong: number[]
}

/** The first half of the corpora served to choose the model; the second half was looked at only with this command. */
const corpora = ['sst2', 'olid', 'tweets', 'comments', 'sms', 'emails', 'yelp', 'rotten-tomatoes']
const python = `
import json, sys, numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from cleanlab.rank import get_label_quality_scores
d = json.load(open(sys.argv[1]))
names = sorted(set(d['label'])); y = np.array([names.index(l) for l in d['label']])
p = cross_val_predict(LogisticRegression(max_iter=1000), TfidfVectorizer().fit_transform(d['text']), y, cv=5, method='predict_proba')
json.dump([float(1 - q) for q in get_label_quality_scores(y, p)], sys.stdout)
`

function flipped(corpus: string, kind: 'random' | 'directed', rate: number, seed: number): Flipped {
  const rows = corpusOf(corpus)
    .rows()
    .flatMap(row => {
      const [text, label] = [textOf(row.text), labelOf(row.label)]
      return text !== null && label !== null ? [{ text, label }] : []
    })
  const random = seeded(seed)
  const counts = new Map<string, number>()
  for (const { label } of rows) counts.set(label, (counts.get(label) ?? 0) + 1)
  const names = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!)
  const label = rows.map(row => row.label)
  const wrong = new Array<number>(rows.length).fill(0)
  let left = Math.round(rate * rows.length)
  for (const i of shuffled(rows.length, random)) {
    if (left === 0) break
    if (kind === 'directed' && label[i] !== names[0]) continue
    const others = names.filter(name => name !== label[i])
    label[i] = kind === 'directed' ? names[1]! : others[Math.floor(random() * others.length)]!
    wrong[i] = 1
    left--
  }
  return { text: rows.map(row => row.text), label, wrong }
}

async function ours({ text, label }: Flipped): Promise<number[]> {
  let state = textModel.init(textModelDefaults, undefined)
  const rows = text.map((t, i) => ({ text: t, label: label[i]! }))
  for await (const batch of tableOfRows('bench', rows).batches()) state = textModel.add(state, batch, textModelDefaults)
  const { cleaned, label: given } = textModel.finish(state, textModelDefaults)
  return Array.from(given, (y, i) => 1 - cleaned.probability[i * cleaned.model.classes + y]!)
}

function theirs(data: Flipped, folder: string): number[] | null {
  if (!process.env.BEZOAR_PYTHON) return null
  writeFileSync(join(folder, 'rows.json'), JSON.stringify(data))
  const out = execFileSync(process.env.BEZOAR_PYTHON, ['-c', python, join(folder, 'rows.json')], { maxBuffer: 2 ** 28 })
  return JSON.parse(String(out))
}

/** ROC area (ties count half) and average precision. */
function areas(score: readonly number[], wrong: readonly number[]): [number, number] {
  const order = score.map((_, i) => i).sort((a, b) => score[b]! - score[a]!)
  const positives = wrong.reduce((a, b) => a + b, 0)
  let [hits, precision, pairs] = [0, 0, 0]
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && score[order[to]!] === score[order[from]!]) to++
    const tied = order.slice(from, to).reduce((sum, i) => sum + wrong[i]!, 0)
    pairs += (to - from - tied) * (hits + tied / 2)
    hits += tied
    precision += (tied * hits) / to
    from = to
  }
  return [pairs / (positives * (wrong.length - positives)), precision / positives]
}

const chosen = process.argv[2]?.split(',') ?? corpora
const seeds = Number(process.argv[3] ?? 1)
const folder = mkdtempSync(join(tmpdir(), 'bezoar-label-noise-'))
const show = (value: number | undefined) => (value === undefined ? '     –' : value.toFixed(4))
console.log('corpus           flips     rate | bezoar  ROC     AP | cleanlab ROC   AP')
let [held, compared] = [0, 0]
for (const corpus of chosen) {
  if (!corpusOf(corpus).here) continue
  for (const kind of ['random', 'directed'] as const)
    for (const rate of [0.05, 0.1, 0.2]) {
      const sums = [0, 0, 0, 0]
      for (let seed = 1; seed <= seeds; seed++) {
        const data = flipped(corpus, kind, rate, seed)
        const other = theirs(data, folder)
        const both = [...areas(await ours(data), data.wrong), ...(other ? areas(other, data.wrong) : [])]
        both.forEach((value, k) => {
          sums[k] = sums[k]! + value / seeds
        })
      }
      const peer = process.env.BEZOAR_PYTHON ? [sums[2], sums[3]] : [undefined, undefined]
      if (process.env.BEZOAR_PYTHON) {
        compared += 2
        held += Number(sums[0]! >= sums[2]!) + Number(sums[1]! >= sums[3]!)
      }
      const name = `${corpus.padEnd(16)} ${kind.padEnd(9)} ${String(rate).padEnd(4)}`
      console.log(`${name} | ${show(sums[0])} ${show(sums[1])} | ${show(peer[0])}  ${show(peer[1])}`)
    }
}
rmSync(folder, { recursive: true })
if (compared > 0) console.log(`at least equal in ${held} of ${compared} comparisons`)
