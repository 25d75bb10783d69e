/** Controls and all that is drawn as nothing or turns the direction of what follows. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu

/**
 * Text from outside (paths, columns, labels, what a report quotes) for one line at a terminal: white space becomes
 * blanks, and characters that a terminal would obey or not draw are named.
 */
export const seen = (text: string): string =>
  text
    .replace(/[\t\n\v\f\r\u2028\u2029]+/g, ' ')
    .replace(unseen, c => `[U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`)
