import { dirname } from 'node:path'
import { exitCodes } from '../core/index.ts'
import { type CheckedFile, checkListed, listedFiles } from '../ledger/index.ts'
import type { BomFlags } from './bom.ts'
import { smallText } from './lock-target.ts'
import { progressLine } from './progress.ts'
import { seen } from './seen.ts'
import { wrapped } from './text.ts'

/** What each status is called, in the order to read them. */
const titles: Readonly<Record<CheckedFile['status'], string>> = {
  differing: 'differ from their SHA-256',
  'weakly-differing': 'differ from a digest that proves little; not held against them',
  outside: 'lead out of the folder',
  absent: 'are not there',
  unhashed: 'have no digest',
  inside: 'lie inside another file',
  'weakly-equal': 'equal a digest that proves little',
  equal: 'equal their SHA-256',
}
/** Files of each sort that are named; equal ones are only counted. */
const mostNamed = 20

/**
 * Compares a Croissant document with files; the text for stdout and the exit code: 1 when a SHA-256 differs, 3 when no
 * SHA-256 could be compared, so that nothing was proven.
 */
export async function checkedCroissant(path: string, flags: BomFlags): Promise<{ text: string; code: number }> {
  const files = listedFiles(await smallText(path), path)
  const line = progressLine(flags.quiet === true)
  const checked = await checkListed(files, flags.folder ?? dirname(path), nth =>
    line.show(`Comparing ${nth + 1} of ${files.length}`),
  )
  line.clear()
  const lines = Object.keys(titles).flatMap(status => linesOf(status as CheckedFile['status'], checked))
  const has = (status: CheckedFile['status']) => checked.some(file => file.status === status)
  const code = has('differing') ? exitCodes.block : has('equal') ? exitCodes.pass : exitCodes.hold
  const verdict = {
    [exitCodes.block]: 'These are not the files that the document describes.',
    [exitCodes.hold]: 'No SHA-256 could be compared: nothing was proven.',
    [exitCodes.pass]: 'Every SHA-256 that could be compared is equal.',
  }[code]
  return { text: [...lines, verdict, ''].join('\n'), code }
}

function linesOf(status: CheckedFile['status'], checked: readonly CheckedFile[]): string[] {
  const files = checked.filter(file => file.status === status)
  if (files.length === 0) return []
  const head = `${files.length.toLocaleString('en-US')} ${titles[status]}`
  if (status === 'equal') return [head]
  const named = files.slice(0, mostNamed).map(({ file, note }) => wrapped(`${seen(file.id)}: ${note}`, '  ', '    '))
  return [head, ...named, ...(files.length > mostNamed ? [`  … and ${files.length - mostNamed} more`] : [])]
}
