import { Unreadable } from './bytes.ts'
import type { Objects } from './objects.ts'

/** What a commit holds at a path. */
export interface Entry {
  readonly id: string
  readonly kind: 'file' | 'link' | 'module'
}

/** Entries of one commit below a folder; a tree may name itself twice, and so on, and become endless. */
const mostEntries = 1_000_000
const mostDepth = 256
const mostCommitBytes = 1 << 20

/** The tree of a commit. */
export async function treeOfCommit(objects: Objects, commit: string): Promise<string> {
  const object = await objects.read(commit, mostCommitBytes)
  const line = object?.type === 'commit' ? /^tree ([0-9a-f]+)\n/.exec(object.data.toString('latin1', 0, 80)) : null
  if (!line) throw new Unreadable(`commit ${commit} is not here`)
  return line[1]!
}

/** All that a tree holds below `folder` (path parts), by path from there. Empty when the commit has no such folder. */
export async function entriesBelow(
  objects: Objects,
  tree: string,
  folder: readonly string[],
): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>()
  let top = tree
  for (const [i, part] of folder.entries()) {
    const next = (await entriesOf(objects, top)).find(entry => entry.name === part)
    if (!next) return found
    if (next.kind !== 'tree') return i === folder.length - 1 ? found.set('', next as Entry) : found
    top = next.id
  }
  const open: { readonly id: string; readonly prefix: string; readonly depth: number }[] = [
    { id: top, prefix: '', depth: 0 },
  ]
  let seen = 0
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.depth > mostDepth) throw new Unreadable('folders nest too deeply')
    for (const { name, kind, id } of await entriesOf(objects, next.id)) {
      if (++seen > mostEntries) throw new Unreadable(`a commit of more than ${mostEntries} files`)
      const path = `${next.prefix}${name}`
      if (kind === 'tree') open.push({ id, prefix: `${path}/`, depth: next.depth + 1 })
      else found.set(path, { id, kind })
    }
  }
  return found
}

interface Named {
  readonly name: string
  readonly kind: Entry['kind'] | 'tree'
  readonly id: string
}

const kinds: Readonly<Record<string, Named['kind']>> = { 40000: 'tree', 120000: 'link', 160000: 'module' }

/** Entries of one tree object: mode, blank, name, NUL, the bytes of the id. */
async function entriesOf(objects: Objects, id: string): Promise<Named[]> {
  const object = await objects.read(id)
  if (object?.type !== 'tree') throw new Unreadable(`tree ${id} is not here`)
  const { data } = object
  const idBytes = id.length / 2
  const entries: Named[] = []
  for (let k = 0; k < data.length; ) {
    const blank = data.indexOf(0x20, k)
    const nul = data.indexOf(0, blank)
    if (blank < 0 || nul < 0 || nul + 1 + idBytes > data.length) throw new Unreadable(`tree ${id} is damaged`)
    const name = data.toString('utf8', blank + 1, nul)
    if (name === '' || name === '.' || name === '..' || name.includes('/'))
      throw new Unreadable(`tree ${id} is hostile`)
    const mode = data.toString('latin1', k, blank).replace(/^0+/, '')
    entries.push({ name, kind: kinds[mode] ?? 'file', id: data.toString('hex', nul + 1, nul + 1 + idBytes) })
    k = nul + 1 + idBytes
  }
  return entries
}
