import { detectors } from '../detectors/index.ts'

type Settings = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Options by which detectors bound how much code they judge. */
const budgets = [
  ['weak-code', 'snippets'],
  ['response-steering', 'slowRows'],
] as const

/** Settings in which no detector judges the code of more than `most` answers; the same settings when it is absent. */
export function codeBudget(settings: Settings, most: number | undefined): Settings {
  if (most === undefined) return settings
  const bounded: Record<string, Readonly<Record<string, unknown>>> = { ...settings }
  for (const [id, name] of budgets) {
    const usual = detectors.find(detector => detector.id === id)?.options.parse({})[name]
    const wanted = settings[id]?.[name] ?? usual
    // What is no number is for the check of options to refuse.
    if (typeof wanted === 'number') bounded[id] = { ...settings[id], [name]: Math.min(wanted, most) }
  }
  return bounded
}
