import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type AnyModelDetector,
  canonical,
  type Finding,
  type Model,
  type ModelBytes,
  type Outcome,
} from '../core/index.ts'
import { scanModel } from '../scan/index.ts'
import { ownFolder } from './accept.ts'
import { headings } from './declaration.ts'
import { type ExaminedOptions, forgetful, modelOf, outcomeOf } from './models.ts'

/** A model to be judged: inert bytes built from a description of an attack, or an honest file. */
export interface ModelSample {
  readonly name: string
  /** Attack class, or `honest`. */
  readonly class: string
  readonly files: ModelBytes
  /** What the detectors together must say: at least this; for `pass` exactly this. */
  readonly verdict: 'pass' | 'hold' | 'block'
  /** A word that one of the findings must contain: the call, the rule, the name. */
  readonly names?: string
}

/** What the author of a detector of models promises. */
export interface ModelDeclaration {
  /** Files that it must leave alone: nothing held, nothing blocked. */
  readonly honest: readonly ModelSample[]
  /** Files that it must find on its own, at least as gravely as the sample says. */
  readonly caught: readonly ModelSample[]
  /** Files that it does not find, with the reason, for the page. */
  readonly missed: readonly { readonly sample: ModelSample; readonly because: string }[]
  /** For each option a value that changes the claims on some sample. */
  readonly matters: Readonly<Record<string, unknown>>
  /** The model that the samples were made from, for detectors that compare. */
  readonly base?: ModelBytes
}

/** Cuts and added bytes that are tried with each caught sample. */
const cuts = 24
const added: readonly Uint8Array[] = [
  Uint8Array.of(0),
  new Uint8Array(4096),
  Uint8Array.from({ length: 300 }, (_, i) => (i * 89 + 13) % 256),
  new TextEncoder().encode('\n# nothing to see here\n'),
]
/** What judges the bytes that no format reads: a file that grew must at least be held by them. */
const structure = ['file-structure', 'unread-bytes']

/**
 * The law for detectors of models: quiet on honest files, loud on what it promises, honest about what it misses; a file
 * cut off anywhere makes it neither fail nor invent; added bytes never make a model pass; the way the bytes are read
 * changes nothing; no option is idle, every message is whole and used, and there is a page with the agreed headings.
 */
export function acceptModel(detector: AnyModelDetector, declared: ModelDeclaration): void {
  const runs = runsOf(detector, declared)
  describe(detector.id, () => {
    for (const sample of declared.honest)
      it(`leaves ${sample.name} alone`, async () => {
        const outcome = await runs.whole(sample)
        expect(outcome.status, outcome.reason).not.toBe('failed')
        expect(grave(outcome).map(f => f.text)).toEqual([])
      })
    for (const sample of declared.caught) loud(runs, sample)
    for (const { sample, because } of declared.missed)
      it(`misses ${sample.name}: ${because}`, async () => {
        const { findings } = await runs.whole(sample)
        expect(
          findings.some(f => reaches(f, sample.verdict)),
          'it is caught now: declare it so',
        ).toBe(false)
      })
    hardened(detector, declared, runs)
    optionsMatter(detector, declared, runs)
    messagesWhole(detector, runs)
    it('has a page with the agreed headings', () => {
      const path = join(ownFolder(), 'page.md')
      expect(existsSync(path), path).toBe(true)
      for (const heading of headings) expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`^#+ ${heading}`, 'm'))
    })
  })
}

interface Runs {
  /** Equal runs happen once. */
  whole(sample: ModelSample): Promise<Outcome>
  judge(files: ModelBytes, how?: ExaminedOptions, options?: unknown): Promise<Outcome>
  readonly seen: ReadonlyMap<ModelSample, Promise<Outcome>>
}

function runsOf(detector: AnyModelDetector, { base }: ModelDeclaration): Runs {
  const seen = new Map<ModelSample, Promise<Outcome>>()
  let opened: Promise<Model> | null = null
  const judge: Runs['judge'] = async (files, how = {}, options = {}) => {
    opened ??= base ? modelOf(base) : null
    const before = await opened
    return outcomeOf(detector, await modelOf(files, how), { options, ...(before ? { base: before } : {}) })
  }
  return {
    seen,
    judge,
    whole(sample) {
      if (!seen.has(sample)) seen.set(sample, judge(sample.files))
      return seen.get(sample)!
    },
  }
}

const grave = ({ findings }: Outcome): Finding[] => findings.filter(f => f.severity !== 'info')
const reaches = ({ severity }: Finding, verdict: ModelSample['verdict']): boolean =>
  verdict === 'block' ? severity === 'block' : severity !== 'info'
const said = ({ findings }: Outcome): string => findings.map(f => `${f.severity}: ${f.text}`).join('\n')

function loud(runs: Runs, sample: ModelSample): void {
  it(`finds ${sample.name}`, async () => {
    const outcome = await runs.whole(sample)
    expect(outcome.status, outcome.reason).toBe('found')
    const found = outcome.findings.filter(f => reaches(f, sample.verdict))
    expect(found.length, said(outcome)).toBeGreaterThan(0)
    const { names } = sample
    if (names !== undefined)
      expect(
        found.some(f => JSON.stringify(f).includes(names)),
        `nothing names ${names}:\n${said(outcome)}`,
      ).toBe(true)
  })
}

/** What an attacker can do to the bytes of a file that is caught. */
function hardened(detector: AnyModelDetector, { caught }: ModelDeclaration, runs: Runs): void {
  it('says the same however the bytes are read, and twice', async () => {
    for (const sample of caught.slice(0, 40)) {
      const first = canonical((await runs.whole(sample)).findings)
      expect(canonical((await runs.judge(sample.files, { read: forgetful })).findings), sample.name).toBe(first)
      expect(canonical((await runs.judge(sample.files)).findings), sample.name).toBe(first)
    }
  })
  it('does not fail on files that are cut off', { timeout: 60_000 }, async () => {
    for (const sample of caught.slice(0, 12))
      for (const files of shortened(sample.files)) {
        const outcome = await runs.judge(files)
        expect(outcome.status, `${sample.name}: ${outcome.reason}`).not.toBe('failed')
      }
  })
  it('lets no added bytes make a model pass', { timeout: 60_000 }, async () => {
    for (const sample of caught.filter(s => Object.keys(s.files).length === 1).slice(0, 12))
      for (const files of lengthened(sample.files))
        expect(await isDoubted(detector, files), `${sample.name} and added bytes`).toBe(true)
  })
}

function* shortened(files: ModelBytes): Generator<ModelBytes> {
  for (const [name, bytes] of Object.entries(files)) {
    const step = Math.max(1, Math.ceil(bytes.length / cuts))
    for (let end = 0; end < bytes.length; end += step) yield { ...files, [name]: bytes.subarray(0, end) }
  }
}

function* lengthened(files: ModelBytes): Generator<ModelBytes> {
  for (const [name, bytes] of Object.entries(files))
    for (const more of added) {
      yield { ...files, [name]: Uint8Array.from([...bytes, ...more]) }
      yield { ...files, [name]: Uint8Array.from([...more, ...bytes]) }
    }
}

async function isDoubted(detector: AnyModelDetector, files: ModelBytes): Promise<boolean> {
  const report = await scanModel(await modelOf(files), { detectors: [detector], only: [detector.id, ...structure] })
  return (report.coverage.unjudged ?? []).length > 0 || report.outcomes.some(outcome => grave(outcome).length > 0)
}

function optionsMatter(detector: AnyModelDetector, declared: ModelDeclaration, runs: Runs): void {
  it('lists every option, and none is idle', async () => {
    expect(Object.keys(declared.matters).sort()).toEqual(Object.keys(detector.options.shape).sort())
    const samples = [...declared.caught, ...declared.missed.map(m => m.sample), ...declared.honest]
    for (const [option, value] of Object.entries(declared.matters)) {
      let changed = false
      for (const sample of samples) {
        const usual = canonical((await runs.whole(sample)).findings)
        changed ||= canonical((await runs.judge(sample.files, {}, { [option]: value })).findings) !== usual
        if (changed) break
      }
      expect(changed, `${option} = ${JSON.stringify(value)} changes no claim`).toBe(true)
    }
  })
}

function messagesWhole(detector: AnyModelDetector, runs: Runs): void {
  it('fills every message and uses each', async () => {
    const used = new Set<string>()
    for (const run of runs.seen.values())
      for (const { message, text } of (await run).findings) {
        used.add(message)
        expect(text).not.toMatch(/undefined|NaN|\[object|Infinity|\{\w+\}/)
      }
    expect([...used].sort(), 'declare a sample for each message').toEqual(Object.keys(detector.messages).sort())
  })
}
