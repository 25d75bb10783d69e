import { existsSync } from 'node:fs'
import { exitCodes, Fault } from '../core/index.ts'
import { decide, defaultPolicy } from '../policy/index.ts'
import { render } from '../report/index.ts'
import { scan } from '../scan/index.ts'
import { interruptible } from './interrupt.ts'
import { coloured, wrapped } from './text.ts'
import { openList } from './url-list.ts'
import { refetchDetectors, refetched, withUnseen } from './url-refetch.ts'
import { triageText } from './url-triage.ts'
import { checkSources, observedText } from './urls-locked.ts'
import type { VerifyFlags } from './verify.ts'

/** Looks up a list again and judges what became of each row; the text for stdout and the exit code. */
export async function verifiedUrls(list: string, flags: VerifyFlags): Promise<{ text: string; code: number }> {
  checkSources(flags)
  for (const path of [flags.outClean, flags.outQuarantine, flags.observed]) refuseExisting(path, flags.force === true)
  const table = await openList(list, flags)
  const { signal, release } = interruptible('Stopping: nothing is judged.')
  const files = { clean: flags.outClean, quarantine: flags.outQuarantine }
  try {
    const again = await refetched(table, { flags, keep: flags.observed, files, signal })
    if ('done' in again) return stopped(observedText(again), flags.observed)
    try {
      const report = withUnseen(await scan(again.table, { only: refetchDetectors, signal }), again.counts)
      const decision = decide(report, defaultPolicy, new Date())
      const code = exitCodes[decision.verdict]
      if (flags.json) {
        const { rows, seen, troubles } = again.observed
        const lookedUp = { rows, seen, troubles: Object.fromEntries(troubles) }
        return { text: `${JSON.stringify({ lookedUp, triage: again.counts, report, decision }, null, 2)}\n`, code }
      }
      const width = Math.min(process.stdout.columns ?? 80, 80)
      const told = render(report, decision, 'terminal', { colour: coloured(), width })
      return { text: `${observedText(again.observed)}\n${triageText(again.counts, files)}\n${told}`, code }
    } finally {
      again.close()
    }
  } finally {
    release()
    await table.close()
  }
}

function refuseExisting(path: string | undefined, force: boolean): void {
  if (path !== undefined && existsSync(path) && !force)
    throw new Fault('would-overwrite', `${path} is there already.`, 'Give --force to write it anew.')
}

function stopped(told: string, keep: string | undefined): { text: string; code: number } {
  const next =
    keep === undefined
      ? 'With --observed <file> a later run goes on from there.'
      : 'The same command goes on from there.'
  return { text: `${told}\n${wrapped(`Stopped: nothing was judged. ${next}`)}\n`, code: exitCodes.hold }
}
