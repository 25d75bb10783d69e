import type { LockDifference, Verified } from '../ledger/lean.ts'
import { counted, sizeText } from '../report/lean.ts'
import { bold, wrapped } from './text.ts'
import type { LockVerified } from './verified.ts'

/** More differences of one artifact than this are counted. */
const mostShown = 200
/** The first column, wide enough for every kind. */
const kindWidth = 14

/** How files compare with their locks, for people, in 80 columns. */
export const verifyText = (locks: readonly LockVerified[]): string => `${locks.flatMap(linesOf).join('\n')}\n`

function linesOf({ path, id, lockedAt, artifacts }: LockVerified): string[] {
  const head = wrapped(`${path}, locked ${lockedAt}, id ${id.slice(0, 16)}`)
  return [head, ...(artifacts.length === 0 ? ['  It locks nothing.'] : artifacts.flatMap(artifactLines))]
}

function artifactLines({ artifact, root, same, bytes, differences, notes }: Verified): string[] {
  const verdict = differences.length === 0 ? 'as locked' : bold('NOT as locked')
  const where = root === artifact ? '' : ` (${root})`
  const lines = [
    wrapped(`${artifact}${where}: ${verdict}; ${counted(same, 'file')}, ${sizeText(bytes)} the same`, '  ', '    '),
  ]
  lines.push(...differences.slice(0, mostShown).flatMap(differenceLines))
  if (differences.length > mostShown)
    lines.push(`    and ${counted(differences.length - mostShown, 'further difference')} (--json lists all)`)
  return [...lines, ...notes.map(note => wrapped(note, '    ! ', '      '))]
}

function differenceLines({ kind, part, text, locked, found, rows = [] }: LockDifference): string[] {
  const indent = ' '.repeat(kindWidth + 4)
  const lines = [wrapped(`${part}: ${text}`, `    ${kind.padEnd(kindWidth)}`, indent)]
  if (locked) lines.push(`${indent}locked ${locked.sha256.slice(0, 32)}… ${sizeText(locked.size)}`)
  const now = found?.sha256 ?? found?.blake3
  if (found) lines.push(`${indent}now    ${now ? `${now.slice(0, 32)}… ` : ''}${sizeText(found.size)}`)
  return [...lines, ...rows.map(row => wrapped(row, `${indent}rows: `, `${indent}      `))]
}
