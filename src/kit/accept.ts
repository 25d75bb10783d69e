import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { AnyTableDetector } from '../core/index.ts'
import type { Judged } from '../lab/index.ts'
import { corpusOf } from '../lab/index.ts'
import { checkAccuracy } from './accuracy.ts'
import { type CaughtTrial, type CleanWithHolds, type Declaration, headings, type MissedTrial } from './declaration.ts'
import { claimsOf, isPossible, type Options, type Runs, runsOf, titleOf, verdictOf } from './runs.ts'

const defaultSeeds = [1, 2]

/**
 * The law for detectors: quiet on clean rows, loud on attacks, honest about what it misses, no idle option,
 * indifferent to how rows are cut, the same twice, every message whole, and a page with the agreed headings.
 */
export function accept(detector: AnyTableDetector, declared: Declaration): void {
  const runs = runsOf(detector, declared)
  describe(detector.id, () => {
    for (const corpus of declared.clean) quiet(runs, corpus)
    for (const trial of declared.caught) loud(runs, trial)
    for (const trial of declared.missed) honest(runs, trial)
    for (const example of declared.examples ?? [])
      it(`finds ${example.finds.join(', ') || 'nothing'} in ${example.name}`, async () => {
        const judged = await runs.example(example)
        expect(failures(judged)).toEqual([])
        expect(judged.accusations.map(a => a.finding.message).sort()).toEqual([...example.finds].sort())
      })
    optionsMatter(detector, declared, runs)
    sameTwice(declared, runs)
    messagesWhole(detector, declared, runs)
    pageStands()
    checkAccuracy(detector, declared, runs)
    afterAll(runs.forget)
  })
}

const failures = (judged: Judged): string[] =>
  judged.outcomes.flatMap(o => (o.status === 'failed' || o.status === 'skipped' ? [`${o.status}: ${o.reason}`] : []))

const textsOf = (judged: Judged, severity: string): string[] =>
  judged.accusations.filter(a => a.finding.severity === severity).map(a => a.finding.text)

function quiet(runs: Runs, clean: string | CleanWithHolds): void {
  const { corpus, holds } = typeof clean === 'string' ? { corpus: clean, holds: 0 } : clean
  const title = `is quiet on ${corpus}` + (holds > 0 ? ` but for ${holds} to look at` : '')
  it.skipIf(!corpusOf(corpus).here)(title, async () => {
    const judged = await runs.clean(corpus)
    expect(failures(judged)).toEqual([])
    expect(textsOf(judged, 'block')).toEqual([])
    expect(textsOf(judged, 'hold').length, textsOf(judged, 'hold').join('\n')).toBeLessThanOrEqual(holds)
  })
}

function loud(runs: Runs, trial: CaughtTrial): void {
  it.skipIf(!isPossible(trial))(`catches ${titleOf(trial)}`, async () => {
    for (const seed of trial.seeds ?? defaultSeeds) {
      const { score, poisoned, judged } = await runs.trial(trial, seed)
      const said = `seed ${seed}: ${JSON.stringify(score)}\n${judged.accusations.map(a => a.finding.text).join('\n')}`
      expect(failures(judged)).toEqual([])
      expect(poisoned.truth.size, 'rows that could carry the poison').toBe(poisoned.wanted)
      expect(score.caught, said).toBe(true)
      if (trial.named ?? poisoned.names.length > 0) expect(score.named, said).toBe(true)
      expect(score.recall, said).toBeGreaterThanOrEqual(trial.recall ?? 0)
      expect(score.precision, said).toBeGreaterThanOrEqual(trial.precision ?? 0)
      if (trial.auroc !== undefined) expect(score.auroc, said).toBeGreaterThanOrEqual(trial.auroc)
    }
  })
}

function honest(runs: Runs, trial: MissedTrial): void {
  it.skipIf(!isPossible(trial))(`misses ${titleOf(trial)}: ${trial.because}`, async () => {
    for (const seed of trial.seeds ?? defaultSeeds) {
      const { score, poisoned } = await runs.trial(trial, seed)
      expect(poisoned.truth.size, 'an attack that poisons nothing is not missed').toBeGreaterThan(0)
      expect(score.caught, 'it is caught now: declare it so').toBe(false)
    }
  })
}

/** Tables of the declaration on which an option may show what it does, most telling first. */
function* stages(declared: Declaration, runs: Runs): Generator<(options: Options) => Promise<Judged>> {
  for (const example of declared.examples ?? []) yield options => runs.example(example, options)
  for (const trial of [...declared.caught, ...declared.missed].filter(isPossible)) {
    const seed = (trial.seeds ?? defaultSeeds)[0]!
    yield async options => (await runs.trial(trial, seed, options)).judged
  }
  for (const clean of declared.clean) {
    const id = typeof clean === 'string' ? clean : clean.corpus
    if (corpusOf(id).here) yield options => runs.clean(id, options)
  }
}

function optionsMatter(detector: AnyTableDetector, declared: Declaration, runs: Runs): void {
  it('lists every option', () => {
    expect(Object.keys(declared.matters).sort()).toEqual(Object.keys(detector.options.shape).sort())
  })
  for (const [option, value] of Object.entries(declared.matters))
    it(`does something else with ${option} = ${JSON.stringify(value)}`, async ({ skip }) => {
      detector.options.parse({ ...declared.options, [option]: value })
      const given = declared.given?.[option] ?? {}
      for (const judged of stages(declared, runs))
        if (claimsOf(await judged(given)) !== claimsOf(await judged({ ...given, [option]: value }))) return
      skip(!allHere(declared), 'corpora of the declaration are absent')
      expect.fail(`${option} = ${JSON.stringify(value)} changes no claim on any table of the declaration`)
    })
}

function sameTwice(declared: Declaration, runs: Runs): void {
  const trial = declared.caught.find(isPossible)
  it.skipIf(!trial)('says the same twice and however the rows are cut', async () => {
    const said = verdictOf((await runs.trial(trial!, 1)).judged)
    expect(verdictOf(await runs.again(trial!, 1, 7))).toBe(said)
    expect(verdictOf(await runs.again(trial!, 1))).toBe(said)
  })
}

/** True when every corpus of the declaration is on this machine. */
const allHere = (declared: Declaration): boolean =>
  [...declared.caught, ...declared.missed].every(isPossible) &&
  declared.clean.every(clean => corpusOf(typeof clean === 'string' ? clean : clean.corpus).here)

function messagesWhole(detector: AnyTableDetector, declared: Declaration, runs: Runs): void {
  it('fills every message and uses each', async ({ skip }) => {
    const used = new Set<string>()
    for (const run of runs.seen.values())
      for (const { finding, claim } of (await run).accusations) {
        used.add(finding.message)
        const values: Record<string, unknown> = { ...claim.evidence, ...claim.values }
        const wanted = [...detector.messages[finding.message]!.matchAll(/\{(\w+)\}/g)].map(m => m[1]!)
        expect(wanted.filter(name => values[name] === undefined || typeof values[name] === 'object')).toEqual([])
        expect(finding.text).not.toMatch(/undefined|NaN|\[object|Infinity/)
      }
    skip(!allHere(declared), 'corpora of the declaration are absent')
    expect([...used].sort(), 'declare a trial or an example for each message').toEqual(
      Object.keys(detector.messages).sort(),
    )
  })
}

/** The folder of the test that runs now: the plugin's own. */
export const ownFolder = (): string => dirname(expect.getState().testPath ?? '')

function pageStands(): void {
  it('has a page with the agreed headings', () => {
    const path = join(ownFolder(), 'page.md')
    expect(existsSync(path), path).toBe(true)
    const page = readFileSync(path, 'utf8')
    for (const heading of headings) expect(page).toMatch(new RegExp(`^#+ ${heading}`, 'm'))
  })
}
