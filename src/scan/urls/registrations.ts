import { type Cell, Fault } from '../../core/index.ts'
import {
  addRegistration,
  domainsIn,
  emptyRegistrations,
  hostOf,
  isKnown,
  type Registrations,
  registeredOn,
} from '../../domains/index.ts'
import { manyLinesOf } from '../../sources/index.ts'

/** Reads a snapshot of what registries said. A snapshot that says nothing at all is a Fault. */
export async function readRegistrations(path: string): Promise<Registrations> {
  const all = emptyRegistrations()
  let line = 0
  for await (const { texts } of manyLinesOf(path)) for (const text of texts) addRegistration(all, text, ++line)
  if (domainsIn(all) === 0 && all.bad > 0)
    throw new Fault(
      'bad-snapshot',
      `${path}: none of its ${line} lines tells of a domain; line ${all.defects[0]!.line}: ${all.defects[0]!.message}.`,
      'Each line is {"domain":…,"registeredAt":…} or an RDAP answer; see docs/guide/web-lists.md.',
    )
  return all
}

/**
 * When the domain of an address was registered, as a `registered` cell. A snapshot names domains that registries sell,
 * and of the endings of a host only one is such a domain: the first that the snapshot knows is it.
 */
export function registeredOf(url: Cell | undefined, all: Registrations): string | null {
  const host = typeof url === 'string' ? hostOf(url) : null
  for (let rest = host ?? ''; rest !== ''; rest = rest.slice(rest.indexOf('.') + 1 || rest.length))
    if (isKnown(all, rest)) return registeredOn(all, rest)
  return null
}
