import { type Act, compareSeverity, type Found, type Program } from '../../core/index.ts'
import { nameOf } from './shown.ts'
import type { Verdict } from './verdict.ts'

/** One finding to be: the acts of one file that matter for the same reason. */
export interface Group {
  readonly place: Found<Program>
  readonly first: Act
  readonly verdict: Verdict
  readonly names: ReadonlySet<string>
  readonly times: number
}

interface Growing extends Group {
  readonly names: Set<string>
  times: number
}

/** Brings acts together that have one verdict; what is allowed makes no finding. The worst come first. */
export function groupsOf(
  seen: Iterable<{
    readonly place: Found<Program>
    readonly judged: readonly { readonly act: Act; readonly verdict: Verdict }[]
  }>,
): Group[] {
  const groups = new Map<string, Growing>()
  for (const { place, judged } of seen)
    for (const { act, verdict } of judged) {
      if (verdict.list === 'allowed') continue
      const { list, severity, mechanism } = verdict
      // What is denied is named one by one: each is a reason of its own.
      const own = list === 'denied' ? nameOf(act) : ''
      const key = JSON.stringify([place.file.name, place.found.language, list, severity, mechanism, own])
      const known = groups.get(key)
      if (known) {
        known.names.add(nameOf(act))
        known.times += act.count
      } else groups.set(key, { place, first: act, verdict, names: new Set([nameOf(act)]), times: act.count })
    }
  return [...groups.values()].sort((a, b) => compareSeverity(b.verdict.severity, a.verdict.severity))
}
