import { compareSeverity, type Found, type Program, type Severity } from '../../core/index.ts'
import { type Judged, nameOf, type Wrong } from './judge.ts'
import { packageOf } from './names.ts'

/** How serious each wrong is. */
export const severityOf: Readonly<Record<Wrong, Severity>> = {
  denied: 'block',
  walk: 'block',
  computed: 'block',
  resultCalled: 'block',
  foreignWrite: 'block',
  unknownCall: 'block',
  misused: 'block',
  newer: 'hold',
  unknownName: 'hold',
  review: 'hold',
  unsure: 'hold',
  persistent: 'hold',
}

/** One finding to be: what is wrong in one file, with all acts that share a name or a package of strangers. */
export interface Group {
  readonly wrong: Wrong
  readonly first: Judged
  /** Where the first act stands. */
  readonly place: Found<Program>
  readonly names: ReadonlySet<string>
  /** Whether one of the acts is more than a mention. */
  readonly called: boolean
  readonly times: number
}

interface Growing extends Group {
  readonly names: Set<string>
  first: Judged
  wrong: Wrong
  place: Found<Program>
  called: boolean
  times: number
}

/** Strangers of one package are one question to a person. */
const strangers: ReadonlySet<Wrong> = new Set<Wrong>(['unknownCall', 'newer', 'unknownName'])
const weight: Readonly<Record<string, number>> = { import: 0, call: 1 }

/** Brings judged acts together, a file at a time, worst and first ones first. */
export class Groups {
  private readonly byKey = new Map<string, Growing>()

  add(place: Found<Program>, judged: Judged): void {
    const { wrong, act } = judged
    if (wrong === null) return
    const key = JSON.stringify([place.file.name, ...keyOf(judged, wrong)])
    const name = nameOf(judged)
    const called = act.kind !== 'import'
    const known = this.byKey.get(key)
    if (!known) {
      this.byKey.set(key, { wrong, first: judged, place, names: new Set([name]), called, times: act.count })
      return
    }
    known.names.add(name)
    known.times = Math.max(known.times, act.count)
    if (weigh(judged, wrong) <= weigh(known.first, known.wrong)) return
    known.first = judged
    known.wrong = wrong
    known.place = place
    known.called ||= called
  }

  all(): Group[] {
    return [...this.byKey.values()].sort((a, b) => compareSeverity(severityOf[b.wrong], severityOf[a.wrong]))
  }
}

function keyOf(judged: Judged, wrong: Wrong): readonly string[] {
  if (strangers.has(wrong)) return ['stranger', packageOf(judged.named.module)]
  if (wrong === 'computed' || wrong === 'persistent') return [wrong]
  return [wrong, nameOf(judged)]
}

/** A call says more than a mention, and what blocks more than what holds. */
const weigh = ({ act }: Judged, wrong: Wrong): number =>
  10 * compareSeverity(severityOf[wrong], 'info') + (weight[act.kind] ?? 1)
