import { type Cell, Fault } from '../../core/index.ts'
import { addRegistration, emptyRegistrations, type Registrations, registeredCell, siteOf } from '../../domains/index.ts'
import { linesOf } from '../../sources/index.ts'

/** Reads a snapshot of what registries said. A snapshot that says nothing at all is a Fault. */
export async function readRegistrations(path: string): Promise<Registrations> {
  const all = emptyRegistrations()
  let line = 0
  for await (const { text } of linesOf(path)) addRegistration(all, text, ++line)
  if (all.byDomain.size === 0 && all.bad > 0)
    throw new Fault(
      'bad-snapshot',
      `${path}: none of its ${line} lines tells of a domain; line ${all.defects[0]!.line}: ${all.defects[0]!.message}.`,
      'Each line is {"domain":…,"registeredAt":…} or an RDAP answer; see docs/web-lists.md.',
    )
  return all
}

/** When the domain of an address was registered, as a `registered` cell. */
export function registeredOf(url: Cell | undefined, { byDomain }: Registrations): string | null {
  const site = typeof url === 'string' ? siteOf(url) : null
  const found = site && byDomain.get(site.domain)
  return found ? registeredCell(found) : null
}
