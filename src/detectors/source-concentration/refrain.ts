import { burst, type Role, type RowId, timeOf } from '../../core/index.ts'
import type { RowSample } from '../../statistics/index.ts'
import { type Group, smallest } from './groups.ts'
import type { Refrain } from './phrases.ts'

/** A chance below this makes a contributor sudden: all its rows come in a time far shorter than the table's. */
const sudden = Math.log(1e-3)
/** A chance below this makes a phrase a refrain; one in a million for each contributor. */
const unlikely = Math.log(1e-6)
/** Rows whose text is fetched: of contributors, and of others to compare with. */
export const mostOwn = 14_000
const mostOthers = 6000
/** A contributor with more of the table than this is not one voice. */
const mostShare = 0.2

/** Contributors that may be the hands of a campaign: sudden where times are known, the smaller first. */
export function candidates(groups: readonly Group[], sample: RowSample): Group[] {
  const times = Float64Array.from((sample.cells.get('time') ?? []).map(timeOf).filter(t => t !== null)).sort()
  const able = groups.filter(g => g.role !== 'time' && g.rows.length >= smallest)
  const small = able.filter(g => g.rows.length <= mostShare * sample.rows.length)
  if (times.length === 0) return small
  return small.filter(g => {
    const soon = burst(g.cells, times)
    return soon !== null && soon.logChance < sudden
  })
}

/** The rows whose text is needed: the candidates', then an even share of the others. */
export function wantedRows(groups: readonly Group[], sample: RowSample): RowId[] {
  const wanted = new Set<RowId>()
  for (const group of groups) {
    if (wanted.size + group.rows.length > mostOwn) break
    for (const row of group.rows) wanted.add(row)
  }
  const step = Math.max(1, Math.ceil(sample.rows.length / mostOthers))
  for (let i = 0; i < sample.rows.length; i += step) wanted.add(sample.rows[i]!)
  return [...wanted].sort((a, b) => a - b)
}

/** Contributors that say the same thing. */
export interface Choir {
  readonly role: Role
  readonly names: readonly string[]
  readonly phrase: string
  /** All rows of the contributors, those with the phrase first. */
  readonly rows: readonly RowId[]
  readonly saying: number
  readonly purity: number
  readonly logChance: number
}

/** Refrains that one label goes with. */
export const pure = (refrain: Refrain): boolean => refrain.share >= 0.2 && refrain.purity >= 0.9

/** Refrains of contributors that say it most of the time: all that can be asked of rows without labels. */
export const constant = (refrain: Refrain): boolean => refrain.share >= 0.5

/**
 * Refrains that are not the custom of this table. Signatures are: where more than one in ten contributors is as sudden
 * with a refrain as strong, nobody is accused. Contributors whose rows share phrases are told together.
 */
export function choirs(
  refrains: readonly Refrain[],
  contributors: number,
  telling: (refrain: Refrain) => boolean = pure,
): Choir[] {
  const strong = refrains.filter(r => r.logChance < unlikely && telling(r))
  const all: Refrain[][] = []
  for (const refrain of strong) {
    const kin = all.find(own => own.some(o => alike(o, refrain)))
    if (kin) kin.push(refrain)
    else all.push([refrain])
  }
  return all.flatMap(own => {
    const others = contributors - own.length
    const alikeOthers = strong.length - own.length
    if ((alikeOthers + 0.5) / (others + 5) > 0.1) return []
    return [choirOf(own)]
  })
}

/** The same phrase, or the same rows under another role. */
const alike = (a: Refrain, b: Refrain): boolean =>
  a.keys.some(key => b.keys.includes(key)) ||
  (a.group.role !== b.group.role && a.rows.some(row => b.rows.includes(row)))

function choirOf(own: readonly Refrain[]): Choir {
  const [first] = [...own].sort((a, b) => a.logChance - b.logChance)
  const saying = [...new Set(own.flatMap(r => r.rows))].sort((a, b) => a - b)
  const rest = [...new Set(own.flatMap(r => r.group.rows))].filter(row => !saying.includes(row))
  return {
    role: first!.group.role,
    names: [...new Set(own.map(r => r.group.value))],
    phrase: first!.phrase,
    rows: [...saying, ...rest.sort((a, b) => a - b)],
    saying: saying.length,
    purity: Math.min(...own.map(r => r.purity)),
    logChance: first!.logChance,
  }
}
