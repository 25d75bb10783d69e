/** Orders names by Unicode code points, as the signing format does; UTF-16 units differ beyond U+FFFF. */
export function byCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (left !== right) return place(left) - place(right)
  }
  return a.length - b.length
}

/** A UTF-16 unit where its code point belongs: surrogates stand for points above all other units. */
const place = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

/** True for most names: letters, digits and signs of ASCII that are safe and written as they are everywhere. */
export const isPlain = (name: string): boolean => /^\w[\w.-]*(\/\w[\w.-]*)*$/.test(name)

/** Why a name cannot stand for a file of a tree; null when it can. */
export function unsafeName(name: string): string | null {
  if (isPlain(name)) return null
  if (name === '') return 'it is empty'
  if (name.includes('\0')) return 'it holds a NUL character'
  if (name.includes('\\')) return 'it holds a backslash, which parts folders on other systems'
  if (/\p{Cs}/u.test(name)) return 'it is not valid Unicode'
  if (/^[A-Za-z]:(\/|$)/.test(name)) return 'it begins like a drive of Windows'
  if (name.startsWith('/')) return 'it is absolute'
  const parts = name.split('/')
  if (parts.includes('..')) return 'it leads out of the folder'
  if (parts.includes('.') || parts.includes('')) return 'it is not the shortest way to write the path'
  return null
}

/** The one name that file systems blind to case and Unicode forms make of a name. */
export const foldedName = (name: string): string =>
  /^[\x00-\x7f]*$/.test(name) ? name.toLowerCase() : name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')

/** Names, and folders in them, that fold to the same name; each group in order. */
export function clashesOf(names: Iterable<string>): string[][] {
  const all = [...names]
  // Of two names that clash, one at least folds to another than itself.
  if (all.every(name => /^[^A-Z\x80-\uffff]*$/.test(name))) return []
  const spellings = new Map<string, string>()
  const clashes = new Map<string, Set<string>>()
  const meet = (name: string): boolean => {
    const folded = foldedName(name)
    const known = spellings.get(folded)
    if (known === undefined) spellings.set(folded, name)
    else if (known !== name) clashes.set(folded, (clashes.get(folded) ?? new Set([known])).add(name))
    return known === name
  }
  for (const name of all) {
    meet(name)
    for (let slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1))
      if (meet(name.slice(0, slash))) break
  }
  const groups = [...clashes.values()].map(group => [...group].sort(byCodePoints))
  return groups.sort((a, b) => byCodePoints(a[0]!, b[0]!))
}
