import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const left = new Set<string>()
let watching = false

/** A folder of our own that is removed by `remove`, and at the latest when the process exits. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'bezoar-'))
  left.add(path)
  if (!watching)
    process.once('exit', () => left.forEach(folder => void rmSync(folder, { recursive: true, force: true })))
  watching = true
  return {
    path,
    remove() {
      left.delete(path)
      rmSync(path, { recursive: true, force: true })
    },
  }
}
