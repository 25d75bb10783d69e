import { attacks } from '../attacks/index.ts'
import { type AnyAttack, Fault, judgesTables, nearest, poisonsModels, poisonsTables } from '../core/index.ts'
import { detectors } from '../detectors/index.ts'
import { allAttacks, type DrilledFiles, type DrillResult, drill } from '../lab/index.ts'
import { checkedOptions, chosen, openTable } from '../scan/index.ts'
import { codeBudget } from './code-budget.ts'
import type { DrillFlags } from './drill.ts'
import { drilledFiles } from './drilled-files.ts'
import { rolesOf } from './flags.ts'
import { interruptible } from './interrupt.ts'
import { merged, noteRoles, policyOf } from './judged.ts'
import { progressLine } from './progress.ts'
import { bold, wrapped } from './text.ts'

/** Drills on the user's data; the text for stdout. */
export async function drilled(paths: readonly string[], flags: DrillFlags): Promise<string> {
  const { policy, plugins } = await policyOf(flags, paths)
  const all = [...detectors, ...plugins.detectors]
  const options = checkedOptions(all, codeBudget(merged(policy.detectors, flags.set ?? {}), flags.codeSnippets))
  const wanted = attacksOf(flags.attack)
  const table = await openTable(paths, { roles: rolesOf(flags) })
  if (!flags.quiet) noteRoles(table)
  const line = progressLine(flags.quiet === true)
  const { signal, release } = interruptible('Stopping after this trial.')
  try {
    const result = await drill(table, {
      attacks: flags.attack?.length ? wanted.filter(poisonsTables).map(attack => ({ attack })) : allAttacks,
      detectors: chosen(all, flags).filter(judgesTables),
      ...(flags.dose ? { doses: flags.dose } : {}),
      seeds: Array.from({ length: flags.seeds }, (_, i) => flags.seed + i),
      judging: { options, statistics: plugins.statistics },
      budgetMs: flags.minutes * 60_000,
      now: () => performance.now(),
      onProgress: ({ done, of, attack, dose }) =>
        line.show(`Drilling: ${attack}, ${dose} rows (${done} of about ${of})`),
      signal,
    })
    const { files, notTried } = await drilledFiles(table.spec.parts, wanted.filter(poisonsModels), flags.seed)
    line.clear()
    const whole = { ...result, notTried: [...result.notTried, ...notTried], files }
    return flags.json ? `${JSON.stringify(whole, null, 2)}\n` : powerText(table.name, whole)
  } finally {
    line.clear()
    release()
    await table.close()
  }
}

function attacksOf(ids: readonly string[] | undefined): readonly AnyAttack[] {
  const known = attacks.filter(attack => poisonsTables(attack) || attack.input.model.includes('any'))
  if (!ids || ids.length === 0) return known
  return ids.map(id => {
    const found = known.find(attack => attack.id === id)
    if (found) return found
    const names = known.map(attack => attack.id)
    const near = nearest(id, names)
    throw new Fault(
      'unknown-id',
      `There is no attack "${id}".`,
      near ? `Did you mean "${near}"?` : `There are: ${names.join(', ')}.`,
    )
  })
}

/** A line for each attack with the trials caught at each dose. */
function powers(drilled: DrillResult['attacks'], doses: readonly number[]): string[] {
  const head = `  ${'trials caught, by poisoned rows'.padEnd(32)}${doses.map(dose => String(dose).padStart(5)).join('')}`
  const lines = drilled.map(attack => {
    const cells = doses.map(dose => {
      const power = attack.doses.find(d => d.rows === dose)?.power
      return (power ? `${power.caught}/${power.trials}` : '·').padStart(5)
    })
    return `  ${attack.name.padEnd(32)}${cells.join('')}`
  })
  return [head, ...lines]
}

/** The power table, the curve over all attacks, and what it means. */
function powerText(name: string, result: DrillResult & { readonly files: readonly DrilledFiles[] }): string {
  const { rows, total, before, attacks: drilledAttacks, notTried, files } = result
  const doses = [...new Set(drilledAttacks.flatMap(attack => attack.doses.map(dose => dose.rows)))].sort(
    (a, b) => a - b,
  )
  const shown = doses.slice(-8)
  const sample = rows < total ? ` (an even sample of ${total.toLocaleString('en-US')})` : ''
  const lines = [
    '',
    bold(`What would be caught in ${name}: ${rows.toLocaleString('en-US')} rows${sample}`),
    '',
    ...(shown.length > 0 ? [...powers(drilledAttacks, shown), '', ...curve(drilledAttacks, shown), ''] : []),
    ...[...drilledAttacks, ...files].map(attack => wrapped(attack.sentence, '  - ', '    ')),
  ]
  if (before.length > 0) {
    const plural = before.length === 1 ? 'finding stands' : 'findings stand'
    const note = `${before.length} ${plural} on the rows as they are; these never count as a catch.`
    lines.push('', wrapped(note, '  '))
  }
  if (notTried.length > 0) lines.push('', bold('Not tried'), ...notTried.map(text => wrapped(text, '  - ', '    ')))
  return `${lines.join('\n')}\n\n`
}

/** Share of all attacks whose trials of a dose were caught; untried doses above a caught one count as caught. */
function curve(all: DrillResult['attacks'], doses: readonly number[]): string[] {
  const tried = all.filter(attack => attack.doses.length > 0)
  if (tried.length === 0) return []
  return [
    '  share of these attacks that are caught',
    ...doses.map(dose => {
      const share = tried.filter(({ caughtFrom }) => caughtFrom !== null && caughtFrom <= dose).length / tried.length
      const bar = '█'.repeat(Math.round(share * 40)).padEnd(40, '░')
      return `  ${`${dose} rows`.padStart(9)} ${bar} ${Math.round(share * 100)} %`
    }),
  ]
}
