import { Fault, type Role, type Table, textOf } from '../core/index.ts'
import { type Asked, recordRoles } from '../ledger/index.ts'
import { type OpenedTable, openTable } from '../scan/index.ts'
import { type DataFlags, rolesOf } from './flags.ts'
import { refuseUnreadable } from './unreadable.ts'

/** Opens a list of addresses as a table. @throws Fault when no column holds addresses */
export async function openList(path: string, flags: Omit<DataFlags, 'seed'>): Promise<OpenedTable> {
  const table = await openTable([path], { roles: await rolesFor(path, flags) })
  if (table.roles.has('url')) return table
  await table.close()
  refuseUnreadable(table)
  const names = table.columns.map(({ name }) => `"${name}"`).join(', ')
  throw new Fault('missing-role', `${path}: no column holds addresses.`, `Name it with --url. There are: ${names}.`)
}

/** A locked list says in its columns what they are; of others the flags may say it. */
async function rolesFor(path: string, flags: Omit<DataFlags, 'seed'>): Promise<Partial<Record<Role, string>>> {
  const given = rolesOf({ ...flags, seed: 0 })
  const plain = await openTable([path], { digest: false })
  await plain.close()
  const names = new Set(plain.columns.map(({ name }) => name))
  const isLocked = ['registrableDomain', ...Object.values(recordRoles)].every(name => names.has(name))
  return isLocked ? { ...recordRoles, ...given } : given
}

/** The rows of a list from the `skip`-th on, as they are asked for. */
export async function* askedRows(table: Table, skip = 0): AsyncGenerator<Asked> {
  let left = skip
  for await (const { size, rows, columns } of table.batches()) {
    if (left >= size) {
      left -= size
      continue
    }
    const [url, digest, looks] = [columns.get('url'), columns.get('digest'), columns.get('looks')]
    for (let i = left; i < size; i++) {
      const address = textOf(url?.[i])?.trim()
      yield { row: rows[i]!, url: address || null, digest: textOf(digest?.[i]), looks: textOf(looks?.[i]) }
    }
    left = 0
  }
}
