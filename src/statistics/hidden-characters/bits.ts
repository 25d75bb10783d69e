import { printable } from './sighting.ts'

/** True when a run repeats a pattern of at most four characters: layout, such as the spacers of mail previews. */
export function isSpacer(run: string): boolean {
  for (let period = 1; period <= 4; period++) {
    let i = period
    while (i < run.length && run[i] === run[i - period]) i++
    if (i >= run.length) return true
  }
  return false
}

/**
 * Reads a run of zero-width characters as bits: its two most frequent characters are 0 and 1, in either sense, in
 * groups of eight or seven; or four characters are two bits each. Gives the printable reading with most letters, else ''.
 */
export function bitsSpelled(run: string): string {
  const counts = new Map<string, number>()
  for (const c of run) counts.set(c, (counts.get(c) ?? 0) + 1)
  const symbols = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1))
  if (symbols.length < 2) return ''
  const [a, b] = symbols.slice(0, 2).sort() as [string, string]
  const plain = [...run].filter(c => c === a || c === b)
  const readings = [plain.map(c => (c === a ? '0' : '1')).join(''), plain.map(c => (c === a ? '1' : '0')).join('')]
  if (symbols.length >= 3 && symbols.length <= 4) {
    const order = [...symbols].sort()
    const width = (c: string) => order.indexOf(c).toString(2).padStart(2, '0')
    readings.push([...run].map(width).join(''))
  }
  const spelled = readings.flatMap(bits => [8, 7].map(size => printable(groups(bits, size))))
  return spelled.reduce((best, s) => (lettersOf(s) > lettersOf(best) ? s : best), '')
}

/** Letters and spaces: random bits are often printable, seldom words. */
const lettersOf = (spelled: string): number => spelled.length + 4 * (spelled.match(/[A-Za-z ]/g)?.length ?? 0)

function groups(bits: string, size: number): number[] {
  const codes: number[] = []
  for (let i = 0; i + size <= bits.length; i += size) codes.push(Number.parseInt(bits.slice(i, i + size), 2))
  return codes
}
