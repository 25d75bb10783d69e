import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A new folder with these files. */
export function treeWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = join(mkdtempSync(join(tmpdir(), 'bezoar-sign-')), 'model')
  mkdirSync(root)
  for (const [name, content] of Object.entries(files)) put(root, name, content)
  return root
}

/** Writes one file of a tree, with the folders above it. */
export function put(root: string, name: string, content: string | Uint8Array): string {
  const path = join(root, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}
