import { Fault, type FaultCode } from '../../core/index.ts'
import { strictJson } from '../signing/trust/json.ts'

/** A statement about a hundred thousand files takes some 30 MB. */
const mostCharacters = 128 * 1024 * 1024

/** How messages call a file, and what they advise. */
export interface JsonPlace {
  readonly name: string
  readonly code: FaultCode
  readonly remedy: string
}

/**
 * Reads JSON from outside: bounded in size and depth, no key twice, since what was checked would not be what another
 * reader reads.
 * @throws Fault with the code of the place
 */
export function parsedJson(text: string, { name, code, remedy }: JsonPlace): unknown {
  if (text.length > mostCharacters) throw new Fault(code, `${name} is larger than any that this tool writes.`, remedy)
  // Before it is parsed: the parser takes seconds and gigabytes for a file of opening brackets.
  if (isDeep(text)) throw new Fault(code, `${name} nests deeper than ${mostDepth} levels.`, remedy)
  try {
    return strictJson(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Fault(code, `${name} cannot be read as JSON: ${why}.`, remedy, { cause })
  }
}

/** No statement and no list of files needs more; the parameters of a run may take some. */
const mostDepth = 24

/** True when brackets nest too deeply, whether or not the rest is JSON. */
function isDeep(text: string): boolean {
  const mark = /["{}[\]]/g
  let depth = 0
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    const [it] = found
    if (it === '"') mark.lastIndex = endOfString(text, mark.lastIndex)
    else if (it === '{' || it === '[') depth++
    else depth--
    if (depth > mostDepth) return true
  }
  return false
}

/** The index after the quote that ends the string that begins before `start`. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0
    while (quote - slashes > start && text[quote - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return quote + 1
  }
  return text.length
}

/**
 * A document for people and programs: two blanks of indentation, keys as given, and characters that a terminal would
 * obey or not draw written as escapes.
 */
export const writtenJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, c =>
    c
      .split('')
      .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  ) + '\n'
