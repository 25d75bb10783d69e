import { latin } from './carrier.ts'

/** What bytes are by their beginning. `program` and `archive` have no place in a picture. */
export interface Kind {
  readonly kind: 'program' | 'archive' | 'picture' | 'film'
  readonly name: string
}

const starts: readonly (readonly [RegExp, Kind['kind'], string])[] = [
  [/^\x7fELF/, 'program', 'an ELF program'],
  [/^MZ[\s\S]{58}[\s\S]{2}\0\0/, 'program', 'a Windows program'],
  [/^\xfe\xed\xfa[\xce\xcf]|^[\xce\xcf]\xfa\xed\xfe/, 'program', 'a Mach-O program'],
  [/^\xca\xfe\xba\xbe\0\0\0/, 'program', 'a Java class or Mach-O program'],
  [/^\0asm[\x01\x0d]\0/, 'program', 'a WebAssembly program'],
  [/^dex\n03/, 'program', 'an Android program'],
  [/^#! ?\/[\w/.-]+/, 'program', 'a script'],
  [/^\s*<\?php\b/i, 'program', 'a PHP script'],
  [/^\s*<(?:script|!doctype html|html)\b/i, 'program', 'an HTML page or script'],
  [/^\s*(?:import (?:os|sys|subprocess|socket)\b|from \w+ import )/, 'program', 'a Python script'],
  [/^\s*(?:@echo off|powershell\b)/i, 'program', 'a Windows script'],
  [/^\x80[\x02-\x05](?:[}\]()\x95cXKJ\x8cq\x94.]|\x8a\n)/, 'program', 'a pickle'],
  [/^c(?:os|posix|nt|builtins|__builtin__|subprocess|sys)\n\w+\n/, 'program', 'a pickle'],
  [/^PK(?:\x03\x04|\x05\x06)/, 'archive', 'a zip archive'],
  [/^\x1f\x8b\x08/, 'archive', 'a gzip file'],
  [/^BZh[1-9]1AY&SY/, 'archive', 'a bzip2 file'],
  [/^\xfd7zXZ\0/, 'archive', 'an xz file'],
  [/^\x28\xb5\x2f\xfd/, 'archive', 'a Zstandard file'],
  [/^7z\xbc\xaf\x27\x1c/, 'archive', 'a 7z archive'],
  [/^Rar!\x1a\x07/, 'archive', 'a RAR archive'],
  [/^[\s\S]{257}ustar/, 'archive', 'a tar archive'],
  [/^%PDF-\d/, 'archive', 'a PDF document'],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, 'archive', 'an Office document'],
  [/^SQLite format 3\0/, 'archive', 'an SQLite database'],
  [/^\x89HDF\r\n\x1a\n|^\x93NUMPY/, 'archive', 'an array file'],
  [/^\x89PNG\r\n\x1a\n|^\xff\xd8\xff|^GIF8[79]a|^RIFF[\s\S]{4}WEBP/, 'picture', 'another picture'],
  [/^[\s\S]{4}ftyp/, 'film', 'a film'],
]

/** Tells what stands at `start`; null when that is nothing known. */
export function kindAt(bytes: Uint8Array, start: number): Kind | null {
  const head = latin(bytes, start, start + 512)
  const found = starts.find(([magic]) => magic.test(head))
  return found ? { kind: found[1], name: found[2] } : null
}
