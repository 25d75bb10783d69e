import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { faultOf } from '../../sources/index.ts'

/** What a folder holds, all the way down. */
export interface Walked {
  /** Names of files relative to the folder, with `/`, sorted; nothing that begins with a dot. */
  readonly names: readonly string[]
  /** What was not entered or followed, with the reason. */
  readonly passed: readonly { readonly name: string; readonly reason: string }[]
}

/** Deeper than any dataset. */
const mostDepth = 64

/** Lists a folder. A folder inside that cannot be read is said; the folder itself must be readable, or it is a Fault. */
export async function walked(root: string): Promise<Walked> {
  const names: string[] = []
  const passed: { name: string; reason: string }[] = []
  const enter = async (inner: string, depth: number): Promise<void> => {
    const entries = await readdir(join(root, inner), { withFileTypes: true }).catch(reason => {
      const fault = faultOf(reason, join(root, inner))
      if (inner === '') throw fault
      passed.push({ name: inner, reason: 'the folder cannot be read' })
      return []
    })
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue
      const name = inner === '' ? entry.name : `${inner}/${entry.name}`
      if (entry.isFile()) names.push(name)
      else if (entry.isSymbolicLink()) passed.push({ name, reason: 'it is a link, and links are not followed' })
      else if (!entry.isDirectory()) passed.push({ name, reason: 'it is a pipe, a socket or a device' })
      else if (depth >= mostDepth) passed.push({ name, reason: 'it lies too deep' })
      else await enter(name, depth + 1)
    }
  }
  await enter('', 0)
  return { names: names.sort(), passed }
}
