/**
 * How well flipped labels are ranked: ROC area and average precision at 5, 10 and 20 % of random and of one-directional
 * flips, beside cleanlab on the same rows when BEZOAR_PYTHON names a Python that has cleanlab and scikit-learn.
 * The features of the model were chosen on these corpora with the flips of seed 1, so the default seeds are others: the
 * flips are new to it, the texts are not.
 * `npx tsx bench/label-noise.ts [corpus,…] [seed,…]`
 *
 * With `speed`, the processor seconds of the detector on generated reviews.
 * `npx tsx bench/label-noise.ts speed [rows]`
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { labelOf, seeded, shuffled, tableOfRows, textModelDefaults, textOf } from '../src/core/index.ts'
import { labelNoise } from '../src/detectors/index.ts'
import { corpusOf, judgeTable, reviews } from '../src/lab/index.ts'
import { textModel } from '../src/statistics/index.ts'

interface Flipped {
  readonly text: string[]
  readonly label: string[]
  readonly wrong: number[]
}

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

const show = (value: number | undefined) => (value === undefined ? '     –' : value.toFixed(4))
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

type Areas = readonly [number, number]
const meanOf = (all: readonly Areas[]): Areas => [mean(all.map(a => a[0])), mean(all.map(a => a[1]))]

async function compared(sets: readonly Flipped[], folder: string): Promise<{ own: Areas; peer: Areas | null }> {
  const [own, peer]: [Areas[], Areas[]] = [[], []]
  for (const set of sets) {
    own.push(areas(await ours(set), set.wrong))
    const scores = theirs(set, folder)
    if (scores) peer.push(areas(scores, set.wrong))
  }
  return { own: meanOf(own), peer: peer.length > 0 ? meanOf(peer) : null }
}

async function compare(chosen: readonly string[], seeds: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bezoar-label-noise-'))
  const cases = chosen
    .filter(id => corpusOf(id).here)
    .flatMap(corpus => (['random', 'directed'] as const).map(kind => ({ corpus, kind })))
    .flatMap(both => [0.05, 0.1, 0.2].map(rate => ({ ...both, rate })))
  const ratios: { readonly name: string; readonly ratio: number }[] = []
  console.log(`means over seeds ${seeds.join(', ')}`)
  console.log('corpus           flips     rate | bezoar  ROC     AP | cleanlab ROC   AP')
  for (const { corpus, kind, rate } of cases) {
    const sets = seeds.map(seed => flipped(corpus, kind, rate, seed))
    const { own, peer } = await compared(sets, folder)
    const name = `${corpus.padEnd(16)} ${kind.padEnd(9)} ${String(rate).padEnd(4)}`
    console.log(`${name} | ${show(own[0])} ${show(own[1])} | ${show(peer?.[0])}  ${show(peer?.[1])}`)
    if (peer)
      ratios.push({ name: `ROC, ${name}`, ratio: own[0] / peer[0] }, { name: `AP, ${name}`, ratio: own[1] / peer[1] })
  }
  rmSync(folder, { recursive: true })
  if (ratios.length === 0) return
  const worst = ratios.reduce((low, r) => (r.ratio < low.ratio ? r : low))
  console.log(`at least equal in ${ratios.filter(r => r.ratio >= 1).length} of ${ratios.length} comparisons of means`)
  console.log(
    `bezoar / cleanlab: mean ${mean(ratios.map(r => r.ratio)).toFixed(3)}, worst ${worst.ratio.toFixed(3)} (${worst.name.trim()})`,
  )
}

/** Seconds of work on all threads together, with the time that the clock shows. */
async function speed(count: number): Promise<void> {
  const table = tableOfRows('reviews', reviews(count, 1))
  const [start, before] = [performance.now(), process.cpuUsage()]
  const judged = await judgeTable(table, [labelNoise])
  const used = process.cpuUsage(before)
  const status = judged.outcomes.map(o => o.status).join()
  console.log(
    `label-noise on ${count} rows: ${((used.user + used.system) / 1e6).toFixed(1)} processor seconds, ${((performance.now() - start) / 1000).toFixed(1)} s by the clock (${status})`,
  )
}

if (process.argv[2] === 'speed') await speed(Number(process.argv[3] ?? 100_000))
else await compare(process.argv[2]?.split(',') ?? corpora, process.argv[3]?.split(',').map(Number) ?? [11, 12, 13])
