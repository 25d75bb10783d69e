import { type ExtraField, fieldsOf, type Header } from './records.ts'

/** Fields of the extra part that say what they should, by id, with the largest honest size. */
const known: Readonly<Record<number, { readonly as: string; readonly most: number }>> = {
  1: { as: 'zip64 sizes', most: 28 },
  10: { as: 'NTFS times', most: 32 },
  21589: { as: 'times', most: 13 },
  22613: { as: 'times', most: 12 },
  25461: { as: 'Unicode comment', most: 4096 },
  28789: { as: 'Unicode path', most: 4096 },
  30805: { as: 'owner', most: 16 },
  30837: { as: 'owner', most: 24 },
  39169: { as: 'AES head', most: 7 },
  51966: { as: 'JAR mark', most: 0 },
}
/** What the usual writer of checkpoints aligns its tensors with: a field "FB" full of Z. */
const torchPadding = 0x4246
/** Alignment of Android packages. */
const androidPadding = 0xd935

/** Claims the fields of the extra part that hold nothing but what their id says. */
export function claimExtra({ extra, extraAt }: Header, claim: (start: number, end: number, as: string) => void): void {
  if (extra.length === 0) return
  let at = 0
  for (const field of fieldsOf(extra)) {
    const as = meaning(extra, field)
    if (as) claim(extraAt + field.head, extraAt + field.end, as)
    at = field.end
  }
  if (at < extra.length && allAre(extra, at, extra.length, 0)) claim(extraAt + at, extraAt + extra.length, 'padding')
}

function meaning(extra: Uint8Array, { id, start, end }: ExtraField): string | null {
  if (id === torchPadding && (allAre(extra, start, end, 0x5a) || allAre(extra, start, end, 0))) return 'padding'
  if (id === androidPadding && allAre(extra, Math.min(end, start + 2), end, 0)) return 'padding'
  const field = known[id]
  return field && end - start <= field.most ? field.as : null
}

function allAre(bytes: Uint8Array, start: number, end: number, byte: number): boolean {
  for (let k = start; k < end; k++) if (bytes[k] !== byte) return false
  return true
}

/** The name that the Unicode path field gives (4.6.9): readers that know the field use it instead of the other. */
export function unicodeName({ extra }: Header): string | null {
  if (extra.length === 0) return null
  const field = fieldsOf(extra).find(f => f.id === 0x7075)
  return field && field.end - field.start > 5
    ? Buffer.from(extra.subarray(field.start + 5, field.end)).toString('utf8')
    : null
}
