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
  try {
    return strictJson(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Fault(code, `${name} cannot be read as JSON: ${why}.`, remedy, { cause })
  }
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
