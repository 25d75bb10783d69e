const units = 65536
/** A noncharacter, which has no property that anyone asks for. */
const nothing = 0xffff
const chunk = 4096

let basic: string | undefined

/** Every UTF-16 unit once, at its own place. A surrogate alone is no character, so a noncharacter stands for it. */
function basicPlane(): string {
  if (basic !== undefined) return basic
  let all = ''
  for (let from = 0; from < units; from += chunk) {
    const codes: number[] = []
    for (let unit = from; unit < from + chunk; unit++) codes.push(unit >= 0xd800 && unit < 0xe000 ? nothing : unit)
    all += String.fromCharCode(...codes)
  }
  basic = all
  return all
}

/**
 * Calls `visit` with every run [first, end) of UTF-16 units whose characters match. One search through all characters
 * takes a few milliseconds, where 65,536 tests would take longer than to read a small table.
 * @param pattern one character class, repeated: `/\p{L}+/gu`.
 */
export function eachRun(pattern: RegExp, visit: (first: number, end: number) => void): void {
  const all = basicPlane()
  pattern.lastIndex = 0
  for (let found = pattern.exec(all); found; found = pattern.exec(all)) visit(found.index, pattern.lastIndex)
}
