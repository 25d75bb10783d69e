const most = 160

/** Text from a file as JSON would write it, short, with everything visible that a terminal would hide or obey. */
export function quoted(text: string): string {
  const short = text.length > most ? `${text.slice(0, most)}…` : text
  return JSON.stringify(short).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, hidden =>
    [...hidden].map(c => `\\u${c.codePointAt(0)!.toString(16).padStart(4, '0')}`).join(''),
  )
}
