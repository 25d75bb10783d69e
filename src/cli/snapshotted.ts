import { canonical, dayMs, Fault } from '../core/index.ts'
import { type Comparison, compareChoices, type Difference, takeSnapshot } from '../ledger/index.ts'
import { openTable } from '../scan/index.ts'
import { isThere, targetOf } from './choice-file.ts'
import { interruptible } from './interrupt.ts'
import { noteRoles } from './judged.ts'
import { progressLine } from './progress.ts'
import type { SnapshotFlags } from './snapshot.ts'
import { comparisonText, snapshotText } from './snapshot-text.ts'
import { refuseUnreadable } from './unreadable.ts'

/** Chooses and writes; the text for stdout. */
export async function snapshotTaken(paths: readonly string[], flags: SnapshotFlags): Promise<string> {
  const { item, id, time, digest, text } = flags
  const target = await targetOf(flags)
  const line = progressLine(flags.quiet === true)
  const { signal, release } = interruptible('Stopping: nothing is written.')
  try {
    const given = Object.entries({ item, id, time, digest, text }).filter(([, column]) => column !== undefined)
    const table = await openTable(paths, { roles: Object.fromEntries(given), digest: false })
    try {
      refuseUnreadable(table)
      if (!flags.quiet) noteRoles(table)
      const summary = await takeSnapshot(
        table,
        {
          ...(flags.at === undefined ? {} : { at: flags.at }),
          holdMs: flags.hold ?? dayMs,
          radius: flags.radius,
          signal,
          onPages: (pages, revisions) =>
            line.show(
              `Choosing: ${pages.toLocaleString('en-US')} pages, ${revisions.toLocaleString('en-US')} revisions`,
            ),
        },
        target,
      )
      const choice = await target.done()
      line.clear()
      const leftOut = table.leftOut.map(({ name, reason }) => ({ name, reason }))
      return flags.json ? json({ ...summary, leftOut, choice }) : snapshotText(summary, choice, leftOut)
    } finally {
      await table.close()
    }
  } catch (reason) {
    await target.fail()
    throw reason
  } finally {
    line.clear()
    release()
  }
}

const json = (value: unknown): string => `${canonical(value)}\n`

/** Pages shown one by one. */
const shown = 20

/** Compares two choices; the text for stdout. */
export async function snapshotsCompared(paths: readonly string[], flags: SnapshotFlags): Promise<string> {
  const [first, second, ...more] = paths
  if (first === undefined || second === undefined || more.length > 0)
    throw new Fault(
      'bad-option',
      '--compare takes two choices.',
      'Name what bezoar snapshot -o wrote, the earlier first.',
    )
  for (const path of [first, second])
    if (!(await isThere(path))) throw new Fault('no-such-path', `${path} does not exist.`)
  const undone: Difference[] = []
  const target = await targetOf(flags)
  let waiting: string[] = []
  try {
    const comparison: Comparison = await compareChoices(first, second, async difference => {
      if (difference.fate === 'undone' && undone.length < shown) undone.push(difference)
      waiting.push(json(difference))
      if (waiting.length < 1000) return
      const lines = waiting.join('')
      waiting = []
      await target.write(lines)
    })
    await target.write(waiting.join(''))
    const written = await target.done()
    return flags.json ? json({ ...comparison, undone, written }) : comparisonText(comparison, undone, written)
  } catch (reason) {
    await target.fail()
    throw reason
  }
}
