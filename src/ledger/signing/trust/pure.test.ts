import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = new URL('.', import.meta.url)
const files = readdirSync(folder).filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
/** What may be imported to decide on trust: cryptography, shapes, and the library that verifies offline. */
const allowed =
  /^(node:crypto|zod|@sigstore\/(bundle|verify|protobuf-specs)|\.\/[a-z-]+\.ts|\.\.\/\.\.\/(names|tree)\.ts|\.\.\/\.\.\/\.\.\/core\/index\.ts)$/

test.each(files)('%s decides without files, network or clock', name => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  const imports = [...text.matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, from]) => from!)
  expect(imports.filter(from => !allowed.test(from))).toEqual([])
  expect(text).not.toMatch(/Date\.now|new Date\(\)|Math\.random|process\.|fetch\(|import\(/)
})
