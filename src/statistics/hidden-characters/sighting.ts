/** What hidden or disguised characters can be. */
export const hiddenKinds = [
  'tags',
  'variation-payload',
  'zero-width-payload',
  'bidi-override',
  'ansi-escape',
  'lookalike',
  'latin-lookalike',
  'split-word',
  'zero-width',
  'bidi-control',
  'flag-remains',
  'filler',
  'invisible-operator',
  'soft-hyphens',
  'private-use',
  'control',
  'deprecated-format',
] as const
export type HiddenKind = (typeof hiddenKinds)[number]

/** One stretch of such characters in one text. */
export interface Sighting {
  readonly kind: HiddenKind
  /** Place in the text, in UTF-16 units. */
  readonly start: number
  readonly end: number
  /** What it spells, printable ASCII; empty when nothing readable. */
  readonly decoded: string
}

/** Printable ASCII of some codes, or empty when fewer than nine in ten are printable. */
export function printable(codes: readonly number[]): string {
  const read = codes.filter(c => c >= 0x20 && c < 0x7f)
  return read.length >= 0.9 * codes.length ? String.fromCharCode(...read.slice(0, 200)) : ''
}
