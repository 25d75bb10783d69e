import { readFile } from 'node:fs/promises'
import type { AnyModelAttack } from '../core/index.ts'
import { type DrilledFiles, drillFiles, type FileAttack } from '../lab/index.ts'
import type { OpenedTable } from '../scan/index.ts'

/** Files are copied in memory for each attack; a drill needs some of them, not all. */
const mostBytes = 64 << 20

/** Attacks on the files of a table, with those forms that need another defence. */
export async function drilledFiles(
  parts: OpenedTable['spec']['parts'],
  attacks: readonly AnyModelAttack[],
  seed: number,
): Promise<{ readonly files: readonly DrilledFiles[]; readonly notTried: readonly string[] }> {
  if (attacks.length === 0) return { files: [], notTried: [] }
  const files: Record<string, Uint8Array> = {}
  let bytes = 0
  for (const { name, path, sizeBytes } of [...parts].sort((a, b) => a.sizeBytes - b.sizeBytes)) {
    if (bytes + sizeBytes > mostBytes) break
    bytes += sizeBytes
    files[name] = await readFile(path)
  }
  const forms = attacks.flatMap(formsOf)
  const drilled = await drillFiles(files, forms, seed)
  const done = new Set(drilled.map(({ name }) => name))
  const notTried = forms.filter(({ name, attack }) => !done.has(name ?? attack.id))
  return {
    files: drilled,
    notTried: notTried.map(({ name, attack }) => `${name ?? attack.id}: ${whyNot(Object.keys(files).length)}`),
  }
}

const whyNot = (files: number): string =>
  files === 0 ? 'every file is larger than 64 MiB.' : 'it needs two files that differ.'

function formsOf(attack: AnyModelAttack): FileAttack[] {
  if (attack.id === 'swap-names')
    return [{ attack }, { attack, options: { way: 'keep-order' }, name: 'swap-names keeping the order' }]
  if (attack.id === 'append-shard')
    return [{ attack }, { attack, options: { as: 'rows' }, name: 'append-shard as rows' }]
  return [{ attack }]
}
