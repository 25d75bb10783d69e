import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { exitCodes, Fault } from '../core/index.ts'
import { recordLine } from '../ledger/index.ts'
import { copyTroubles } from '../sources/index.ts'
import { interruptible } from './interrupt.ts'
import type { LockFlags } from './lock.ts'
import { locked } from './locked.ts'
import { progressLine } from './progress.ts'
import { seen } from './seen.ts'
import { wrapped } from './text.ts'
import { openList } from './url-list.ts'
import { type Observed, observeList } from './url-observed.ts'
import { registrationsOf } from './url-registrations.ts'

/** Looks up a list of addresses, writes what stands there as a locked list, and pins that in the lock. */
export async function lockedUrls(list: string, flags: LockFlags): Promise<{ text: string; code: number }> {
  checkSources(flags)
  const path =
    flags.out ??
    `${basename(list).replace(/(\.(jsonl|ndjson|json|csv|tsv|txt|parquet|arrow|gz|zst))+$/i, '')}.urls.jsonl`
  if (existsSync(path) && !flags.force)
    throw new Fault(
      'would-overwrite',
      `${path} is there already.`,
      'Give --force to write it anew, or name another with --out.',
    )
  const table = await openList(list, flags)
  const line = progressLine(flags.quiet === true || flags.json === true)
  const { signal, release } = interruptible('Stopping: what was looked up stays in the .part file.')
  let observed: Observed
  try {
    const registrations = await registrationsOf(table, flags, line, signal)
    observed = await observeList({
      table,
      path,
      lineOf: ({ record }) => recordLine(record),
      flags,
      registrations,
      signal,
      line,
    })
  } finally {
    line.clear()
    release()
    await table.close()
  }
  const told = observedText(observed)
  if (!observed.done) {
    const text = `${told}\n${wrapped(`Stopped after row ${observed.rows}: the same command goes on from there.`)}\n`
    return { text, code: exitCodes.hold }
  }
  if (observed.seen === 0)
    process.stderr.write(
      `${wrapped('Nothing stands at any address of the list, as far as was looked: check --from.')}\n`,
    )
  const pinned = await locked([path], { ...flags, as: 'urls' })
  return {
    text: flags.json ? pinned.text : `${told}\n${pinned.text}`,
    code: observed.seen === 0 ? exitCodes.hold : pinned.code,
  }
}

/** @throws Fault when nothing says where to look */
export function checkSources(flags: { readonly from?: readonly string[]; readonly network?: boolean }): void {
  if (flags.from || flags.network) return
  throw new Fault(
    'bad-option',
    'Nothing says where the copies are.',
    'Give --from <folder, WARC or img2dataset output>, or --network to fetch them.',
  )
}

/** What looking up came to, for people. */
export function observedText({ rows, seen: found, troubles, remarks }: Observed): string {
  const lines = [`${found.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')} rows were looked up.`]
  const table = (counts: ReadonlyMap<string, number>, said: (kind: string) => string) => {
    for (const [kind, count] of [...counts].sort((a, b) => b[1] - a[1]))
      lines.push(`${count.toLocaleString('en-US').padStart(9)}  ${seen(said(kind))}`)
  }
  const meanings: Readonly<Record<string, string>> = copyTroubles
  table(troubles, kind => (meanings[kind] === undefined ? kind : `${kind}: ${meanings[kind]}`))
  table(remarks, kind => `without looks: ${kind}`)
  return `${lines.join('\n')}\n`
}
