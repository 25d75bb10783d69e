import type { Decision, Report } from '../core/index.ts'
import { detectors } from '../detectors/index.ts'
import { decide } from '../policy/index.ts'
import { checkedOptions, chosen, openModel, scan } from '../scan/index.ts'
import { besideOf } from './beside.ts'
import type { DataFlags, DetectorFlags } from './flags.ts'
import { interruptible } from './interrupt.ts'
import { merged, type ProvenanceFlags, policyOf } from './judged.ts'
import { progressLine } from './progress.ts'
import { seen } from './seen.ts'

/** What judging a model needs of the command line. */
export type ModelFlags = DataFlags & DetectorFlags & ProvenanceFlags & { readonly base?: string }

/** Opens, scans and decides; says on stderr which of the named paths could not be judged. */
export async function judgedModel(
  paths: readonly string[],
  flags: ModelFlags,
): Promise<{ readonly report: Report; readonly decision: Decision }> {
  const { policy, plugins } = await policyOf(flags, paths)
  const options = merged(policy.detectors, flags.set ?? {})
  const all = [...detectors, ...plugins.detectors]
  chosen(all, flags)
  // A typing error is said before anything is read.
  checkedOptions(all, options)
  const line = progressLine(flags.quiet === true)
  const { signal, release } = interruptible()
  try {
    const base = flags.base === undefined ? null : await openModel([flags.base], { signal })
    const onFile = (name: string, nth: number, of: number) => line.show(`Reading ${name} (${nth + 1} of ${of})`)
    const model = await openModel(paths, { signal, onFile })
    line.clear()
    for (const { name, reason } of model.leftOut)
      if (paths.includes(name)) process.stderr.write(`bezoar: ${seen(`${name}: ${reason}.`)}\n`)
    const beside = flags.provenance ? await besideOf({ paths, lock: flags.lock, known: [], signal }) : []
    const report = await scan(model, {
      beside,
      detectors: plugins.detectors,
      ...(flags.only ? { only: flags.only } : {}),
      ...(flags.skip ? { skip: flags.skip } : {}),
      options,
      seed: flags.seed,
      ...(base ? { base } : {}),
      signal,
      onProgress: ({ done, detectors: of }) => line.show(`Judging ${model.name}: ${done} of ${of} detectors done`),
    })
    model.close()
    base?.close()
    return { report, decision: decide(report, policy, new Date()) }
  } finally {
    line.clear()
    release()
  }
}
