import { existsSync } from 'node:fs'
import { exitCodes, Fault } from '../core/index.ts'
import { detectors } from '../detectors/index.ts'
import { locate, verdictCode } from '../ledger/index.ts'
import { decide } from '../policy/index.ts'
import { render } from '../report/index.ts'
import { checkedOptions, scan } from '../scan/index.ts'
import { interruptible } from './interrupt.ts'
import { merged, policyOf } from './judged.ts'
import { coloured, wrapped } from './text.ts'
import { openList } from './url-list.ts'
import { refetchDetectors, refetched, withUnseen } from './url-refetch.ts'
import { triageText } from './url-triage.ts'
import { checkSources, observedText } from './urls-locked.ts'
import { type LockVerified, locksCompared } from './verified.ts'
import type { VerifyFlags } from './verify.ts'
import { verifyText } from './verify-text.ts'

/**
 * Looks up a list again and judges what became of each row; the text for stdout and the exit code. A list that is not as
 * it was locked is not looked up: its rows say what somebody else wants them to.
 */
export async function verifiedUrls(list: string, flags: VerifyFlags): Promise<{ text: string; code: number }> {
  checkSources(flags)
  for (const path of [flags.outClean, flags.outQuarantine, flags.observed]) refuseExisting(path, flags.force === true)
  const { policy, options } = await judging(list, flags)
  const locks = await listCompared(list, flags)
  const lockCode = verdictCode(locks.flatMap(({ artifacts }) => artifacts))
  if (lockCode !== 0) return notAsLocked(locks, lockCode, flags)
  const table = await openList(list, flags)
  const { signal, release } = interruptible('Stopping: nothing is judged.')
  const files = { clean: flags.outClean, quarantine: flags.outQuarantine }
  const head = locks.length > 0 ? `${verifyText(locks)}\n` : ''
  try {
    const again = await refetched(table, { flags, keep: flags.observed, files, signal })
    if ('done' in again) return stopped(observedText(again), flags.observed)
    try {
      const judged = await scan(again.table, { only: refetchDetectors, options, signal })
      const report = withUnseen(judged, again.counts)
      const decision = decide(report, policy, new Date())
      const code = exitCodes[decision.verdict]
      if (flags.json) {
        const { rows, seen, troubles } = again.observed
        const lookedUp = { rows, seen, troubles: Object.fromEntries(troubles) }
        return { text: json({ locks, lookedUp, triage: again.counts, report, decision }), code }
      }
      const width = Math.min(process.stdout.columns ?? 80, 80)
      const told = render(report, decision, 'terminal', { colour: coloured(), width })
      return { text: `${head}${observedText(again.observed)}\n${triageText(again.counts, files)}\n${told}`, code }
    } finally {
      again.close()
    }
  } finally {
    release()
    await table.close()
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** The policy, and the options of the detectors that judge. @throws Fault for options of others, which would do nothing */
async function judging(list: string, { policy: path, set }: VerifyFlags) {
  const judges: readonly string[] = refetchDetectors
  const idle = Object.keys(set ?? {}).find(id => !judges.includes(id))
  if (idle !== undefined)
    throw new Fault('bad-option', `--set ${idle} has no meaning here.`, `What judges is ${judges.join(' and ')}.`)
  const { policy, plugins } = await policyOf({ engine: 'auto', ...(path === undefined ? {} : { policy: path }) }, [
    list,
  ])
  const options = merged(policy.detectors, set ?? {})
  checkedOptions([...detectors, ...plugins.detectors], options)
  const own = Object.entries(options).filter(([id]) => judges.includes(id))
  return { policy, options: Object.fromEntries(own) }
}

/** The list against the locks that know it; none when none does and none was named. */
async function listCompared(list: string, flags: VerifyFlags): Promise<LockVerified[]> {
  try {
    return await locksCompared(locate([list], flags.lock), flags)
  } catch (reason) {
    const isUnknown = reason instanceof Fault && reason.code === 'no-such-path' && flags.lock === undefined
    if (isUnknown) return []
    throw reason
  }
}

function notAsLocked(locks: LockVerified[], code: number, flags: VerifyFlags): { text: string; code: number } {
  if (flags.json) return { text: json({ locks, lookedUp: null, triage: null, report: null, decision: null }), code }
  const what = code === exitCodes.hold ? 'cannot be compared with its lock' : 'is not as it was locked'
  return { text: `${verifyText(locks)}\n${wrapped(`The list ${what}: nothing was looked up.`)}\n`, code }
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
