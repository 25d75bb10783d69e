import type { Limits, Source } from '../core/index.ts'
import { formats } from '../formats/index.ts'
import { Broken, codecEnding, codecOf, expanded, fileSource } from '../sources/index.ts'
import type { PartSpec } from './spec.ts'
import type { UnpackedFile } from './unpacked.ts'

const headBytes = 256 << 10
const tailBytes = 64

/** Finds out what a file is from its bytes. */
export async function sniffFile(
  file: UnpackedFile,
  limits: Limits,
): Promise<Omit<PartSpec, 'roles' | 'shape' | 'remarks' | 'sha256'> | { readonly reason: string }> {
  const stored = await fileSource(file.path, file.name)
  const codec = codecOf(await stored.read(0, 8)) ?? null
  const source = codec ? expanded(stored, codec, limits.expandedBytes, file.entry ?? undefined) : stored
  const head = await source.read(0, headBytes)
  const tail = codec ? new Uint8Array(0) : await stored.read(Math.max(0, stored.size - tailBytes), stored.size)
  const name = file.telling.replace(codecEnding, '')
  const scored = formats.map(format => ({ format, score: format.sniff(head, tail, name) }))
  scored.sort((a, b) => b.score - a.score || endsWith(b.format.extensions, name) - endsWith(a.format.extensions, name))
  const best = scored[0]
  if (!best || best.score === 0) {
    if (head.length > 0) return { reason: 'the bytes are no format that holds a table' }
    const trouble = codec ? await troubleOf(source) : null
    // What cannot be expanded may hold rows: it is a part of which everything is lost.
    if (!file.named && (!trouble || trouble.kind === 'empty'))
      return { reason: trouble?.message ?? 'the file is empty' }
  }
  const format = best && best.score > 0 ? best.format.id : 'lines'
  return {
    name: file.name,
    path: file.path,
    home: file.home,
    inside: file.inside,
    entry: file.entry,
    format,
    codec,
    member: file.member,
    split: file.split,
    sizeBytes: stored.size,
  }
}

/** Why nothing comes out of compressed bytes. */
async function troubleOf(source: Source): Promise<Broken | null> {
  try {
    for await (const _ of source.stream()) break
    return null
  } catch (reason) {
    if (reason instanceof Broken) return reason
    throw reason
  }
}

const endsWith = (extensions: readonly string[], name: string): number =>
  extensions.some(extension => name.toLowerCase().endsWith(extension)) ? 1 : 0
