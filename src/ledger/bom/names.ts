/** Characters that an IRI may hold as they are: letters and signs of any script, and the few marks that mean nothing. */
const plain = /[\p{L}\p{M}\p{N}\p{So}_.~!$'()*,;=@&+-]/u

/**
 * A name as one or more steps of a relative IRI: different names give different IRIs, none of them is a scheme, has
 * white space or leaves the folder.
 */
export function iriPath(name: string): string {
  return name
    .split('/')
    .map(step => (step === '.' || step === '..' ? step.replaceAll('.', '%2E') : [...step].map(escaped).join('')))
    .join('/')
}

const escaped = (character: string): string =>
  plain.test(character) ? character : bytesOf(character).map(hex).join('')
const hex = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`

/** UTF-8; half a surrogate pair, which UTF-8 cannot say, as the three bytes that it would have. */
function bytesOf(character: string): number[] {
  const code = character.codePointAt(0)!
  const isHalf = code >= 0xd800 && code <= 0xdfff
  return isHalf ? [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)] : [...Buffer.from(character)]
}
