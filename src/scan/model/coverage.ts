import {
  type AnyModelDetector,
  type Coverage,
  type Language,
  type Model,
  membersOf,
  type Outcome,
  picturesInside,
  programsOf,
  spansOf,
  threats,
} from '../../core/index.ts'
import { filesOf, unreadBytes } from './files.ts'

/** More names or places than this in one sentence, or sentences of a kind, help nobody. */
const most = 12
/** The detector that judges bytes nobody could read. */
const unreadDetector = 'unread-bytes'
/** Threats that the files of a model can carry. */
const modelThreats = ['model-file-malware', 'weight-backdoor', 'supply-chain-tamper']

/** What a scan of a model saw. */
export interface ModelSeen {
  readonly model: Model
  readonly outcomes: readonly Outcome[]
  readonly detectors: readonly AnyModelDetector[]
  /** What detectors said they could not judge. */
  readonly notJudged: readonly string[]
  /** What was found and is read by no loader. */
  readonly remarks: readonly string[]
}

/** What was looked at and, said as plainly, what was not. */
export function modelCoverage(seen: ModelSeen): Coverage {
  const { model, outcomes, notJudged, remarks } = seen
  const ran = new Set(outcomes.filter(o => o.status === 'clean' || o.status === 'found').map(o => o.detector))
  const unread = unreadSentences(model)
  const unjudged = [
    ...leftOutSentences(model),
    ...(ran.has(unreadDetector) ? [] : unread),
    ...languageSentences(seen, ran),
    ...pictureSentences(model),
  ]
  return {
    rows: 0,
    lostRows: 0,
    bytes: filesOf(model).reduce((sum, file) => sum + file.sizeBytes, 0),
    columns: [],
    notLookedAt: [
      ...new Set([...unjudged, ...unread, ...idle(outcomes), ...open(seen, ran), ...notJudged, ...remarks]),
    ],
    engine: 'reader',
    ...(unjudged.length > 0 ? { unjudged } : {}),
  }
}

const names = (all: readonly string[]): string =>
  all.slice(0, most).join(', ') + (all.length > most ? ` and ${all.length - most} more` : '')

/** A sentence for each of the first, and one for the rest. */
const few = (all: readonly string[], rest: (count: number) => string): string[] =>
  all.length <= most ? [...all] : [...all.slice(0, most), rest(all.length - most)]

const leftOutSentences = ({ leftOut }: Model): string[] => {
  const byReason = new Map<string, string[]>()
  for (const { name, reason } of leftOut) byReason.set(reason, [...(byReason.get(reason) ?? []), name])
  return few(
    [...byReason].map(([reason, all]) => `${names(all)} ${all.length === 1 ? 'was' : 'were'} left out: ${reason}.`),
    count => `Files were left out for ${count} further reasons.`,
  )
}

function unreadSentences(model: Model): string[] {
  const sentences = filesOf(model).flatMap(file => {
    let [bytes, places] = [0, 0]
    let reason = ''
    for (const member of membersOf(file.root)) {
      bytes += unreadBytes(member)
      places += spansOf(member.unread).length
      reason ||= member.unread[0]?.reason ?? ''
    }
    const where = places === 1 ? 'one place' : `${places.toLocaleString('en-US')} places`
    return bytes === 0
      ? []
      : [`${bytes.toLocaleString('en-US')} bytes of ${file.name} could not be read, in ${where}: ${reason}`]
  })
  return few(sentences, count => `So could bytes of ${count.toLocaleString('en-US')} further files.`)
}

/** Data that came as pickles: what loading them runs was judged, what they show was not. */
function pictureSentences(model: Model): string[] {
  const { name, value } = picturesInside
  const holds = (file: Model['files'][number]) =>
    [...membersOf(file.root)].some(({ facts }) => facts.some(fact => fact.name === name && fact.value === value))
  const all = filesOf(model).filter(holds)
  return all.length === 0
    ? []
    : [
        `The pictures and labels in ${names(all.map(file => file.name))} were not judged, only what loading these pickles runs: scan the set in a form that needs no loading, such as its binary version or the arrays written as .npz.`,
      ]
}

/** Languages of programs that no detector which ran judges. */
function languageSentences({ model, detectors }: ModelSeen, ran: ReadonlySet<string>): string[] {
  const judged = new Set(detectors.filter(d => ran.has(d.id)).flatMap(d => d.input.languages ?? []))
  const idle = new Map<Language, string[]>()
  for (const { file, found } of programsOf(model))
    if (!judged.has(found.language) && !idle.get(found.language)?.includes(file.name))
      idle.set(found.language, [...(idle.get(found.language) ?? []), file.name])
  return [...idle].map(([language, all]) => `No detector that ran judges ${language} programs, as in ${names(all)}.`)
}

/** What did not run, one sentence for each reason. */
function idle(outcomes: readonly Outcome[]): string[] {
  const skipped = new Map<string, string[]>()
  for (const { detector, status, reason = 'skipped' } of outcomes)
    if (status === 'skipped') skipped.set(reason, [...(skipped.get(reason) ?? []), detector])
  const failed = outcomes.filter(o => o.status === 'failed').map(o => `${o.detector} failed: ${o.reason}`)
  return [...[...skipped].map(([reason, ids]) => `${names(ids)} did not run: ${reason}.`), ...failed]
}

/** Threats that nothing looks for. A detector that found nothing of its kind in the model has looked. */
function open({ detectors, outcomes }: ModelSeen, ran: ReadonlySet<string>): string[] {
  const idle = new Set(outcomes.filter(o => o.cause === 'absent').map(o => o.detector))
  const looked = (d: AnyModelDetector) => ran.has(d.id) || (idle.has(d.id) && !d.input.model.includes('base'))
  const covered = new Set(detectors.filter(looked).flatMap(d => [d.threat, ...(d.also ?? [])]))
  const left = threats.map(t => t.id).filter(id => modelThreats.includes(id) && !covered.has(id))
  return left.length === 0 ? [] : [`No detector that ran looks for ${names(left)}.`]
}
