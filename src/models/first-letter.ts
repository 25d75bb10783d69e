/** Spaces, byte order marks, and the zeros between letters of two or four bytes. */
const silent = new Set([0, 9, 10, 13, 32, 0xef, 0xbb, 0xbf, 0xfe, 0xff])
const looked = 4096

/**
 * Whether the first letter of a text in any encoding is one of these. Tells at the first bytes that a tensor is no text,
 * which archives of many tensors need.
 */
export function firstLetterIs(letters: string, head: Uint8Array): boolean {
  for (let k = 0; k < head.length && k < looked; k++)
    if (!silent.has(head[k]!)) return letters.includes(String.fromCharCode(head[k]!))
  return false
}
