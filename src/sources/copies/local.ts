import { realpath } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { faultOf } from '../file.ts'
import type { CopyLookup } from './copy.ts'
import { copyAt } from './folder.ts'

/** Files that `file:` addresses name, below one folder and nowhere else: a list is not to choose what is read here. */
export async function localCopies(folder: string): Promise<CopyLookup> {
  const root = await realpath(folder).catch(reason => Promise.reject(faultOf(reason, folder)))
  return {
    kind: 'lookup',
    name: `file: addresses below ${folder}`,
    atOnce: 4,
    async find(url) {
      const path = pathOf(url)
      const copy = path === null ? null : await copyAt(root, relative(root, path), url)
      return copy ?? { url, fetchedAt: null, trouble: 'absent', message: 'it names no file below the folder' }
    },
  }
}

function pathOf(url: string): string | null {
  try {
    return /^file:/i.test(url) ? fileURLToPath(url) : null
  } catch {
    return null
  }
}
