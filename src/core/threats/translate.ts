import { frameworkEntries } from './entries.ts'

/** Retired or renumbered identifiers and what took their place. */
const successors: Readonly<Record<string, { readonly now: string; readonly why: string }>> = {
  'AML.T0019': { now: 'AML.T0115.000', why: 'retired in ATLAS 2026.07' },
  'AML.T0058': { now: 'AML.T0115.001', why: 'retired in ATLAS 2026.07' },
  'AML.T0104': { now: 'AML.T0115.002', why: 'retired in ATLAS 2026.07' },
  'LLM01:2025': { now: 'LLM01:2026', why: 'an id of the 2025 edition' },
  'LLM02:2025': { now: 'LLM02:2026', why: 'an id of the 2025 edition' },
  'LLM03:2025': { now: 'LLM04:2026', why: 'an id of the 2025 edition' },
  'LLM04:2025': { now: 'LLM05:2026', why: 'an id of the 2025 edition' },
  'LLM05:2025': { now: 'LLM10:2026', why: 'an id of the 2025 edition' },
  'LLM06:2025': { now: 'LLM03:2026', why: 'an id of the 2025 edition' },
  'LLM07:2025': { now: 'LLM08:2026', why: 'an id of the 2025 edition' },
  'LLM08:2025': { now: 'LLM09:2026', why: 'an id of the 2025 edition' },
  'LLM09:2025': { now: 'LLM07:2026', why: 'an id of the 2025 edition' },
  'LLM10:2025': { now: 'LLM06:2026', why: 'an id of the 2025 edition' },
  DP: { now: 'riskDataPoisoning', why: 'a short id that the CoSAI Risk Map replaced' },
  UTD: { now: 'riskUnauthorizedTrainingData', why: 'a short id that the CoSAI Risk Map replaced' },
  MST: { now: 'riskModelSourceTampering', why: 'a short id that the CoSAI Risk Map replaced' },
  MDT: { now: 'riskModelDeploymentTampering', why: 'a short id that the CoSAI Risk Map replaced' },
  IIC: { now: 'riskInsecureIntegratedComponent', why: 'a short id that the CoSAI Risk Map replaced' },
  PIJ: { now: 'riskPromptInjection', why: 'a short id that the CoSAI Risk Map replaced' },
}

/** What an identifier that somebody typed means today. */
export interface Translation {
  /** Identifiers of current editions: one, or several when the given one is ambiguous. */
  readonly ids: readonly string[]
  /** Said to the user when the given id is not what to write today. */
  readonly warning?: string
}

const known = new Map(frameworkEntries.map(e => [e.id.toUpperCase(), e.id]))

/**
 * Takes current, retired, renumbered and yearless identifiers, in either case. Null for what never was one.
 * An id of an older edition is translated and warned about; it is never printed on a finding by default.
 */
export function translateId(given: string): Translation | null {
  const id = given.trim().toUpperCase()
  const successor = successors[id]
  if (successor) return { ids: [successor.now], warning: `${id} is ${successor.why}; it is now ${successor.now}.` }
  const yearless = /^LLM(0[1-9]|10)$/.exec(id)
  if (yearless) return withoutYear(id)
  const current = known.get(id)
  return current === undefined ? null : { ids: [current] }
}

/** `LLM04` is one risk in the 2025 edition and another in that of 2026. */
function withoutYear(id: string): Translation {
  const old = successors[`${id}:2025`]!.now
  const ids = [...new Set([`${id}:2026`, old])]
  if (ids.length === 1) return { ids, warning: `${id} lacks its year; it is now ${old}.` }
  return { ids, warning: `${id} lacks its year: it is ${id}:2026, or ${id}:2025 which is now ${old}.` }
}
