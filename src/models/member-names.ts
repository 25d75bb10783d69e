import type { Note } from '../core/index.ts'
import { quoted } from './quoted.ts'

/** The longest path that common systems take. */
const longest = 4096

/** Says what is wrong with the name of a member of an archive, as a note of the archive's format. */
export function nameNote(format: string, name: string, place: { start: number; end: number }): Note | null {
  if (/^[\w-]+([./]+[\w-]+)*$/.test(name) && !name.includes('..')) return null
  const unsafe = leaves(name)
  if (unsafe)
    return { rule: `${format}-unsafe-path`, severity: 'block', text: `The member ${quoted(name)} ${unsafe}.`, ...place }
  const odd = oddity(name)
  return odd
    ? { rule: `${format}-odd-name`, severity: 'hold', text: `The name of the member ${quoted(name)} ${odd}.`, ...place }
    : null
}

/** Why a path would be written outside of the folder that it is unpacked to, if so. */
export function leaves(path: string): string | null {
  if (/^[\\/]/.test(path)) return 'would be written to an absolute path'
  if (/^[a-z]:/i.test(path)) return 'would be written to a drive of its own choice'
  let depth = 0
  for (const part of path.split(/[\\/]/)) {
    if (part === '..' && --depth < 0) return 'would be written outside of the folder that it is unpacked to'
    if (part !== '..' && part !== '.' && part !== '') depth++
  }
  return null
}

function oddity(name: string): string | null {
  if (name === '') return 'is empty'
  if (name.length > longest) return `has ${name.length} characters`
  if (name.includes('\0')) return 'has a NUL, at which some readers cut it off'
  if (/\p{Cc}/u.test(name)) return 'has control characters'
  if (/[\p{Cf}\p{Zl}\p{Zp}]/u.test(name)) return 'has characters that nobody sees or that turn the writing around'
  if (name.includes('\\')) return 'has a backslash, which some readers take for a folder'
  if (/(^|\/)\.\.(\/|$)/.test(name)) return 'goes up a folder on its way'
  return null
}
