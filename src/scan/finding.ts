import { type AnyDetector, type Claim, type Figure, type Finding, hashString, requiredRoles } from '../core/index.ts'

/** An outcome before anything is known. */
export const blank = (detector: AnyDetector, options: unknown) => ({
  detector: detector.id,
  version: detector.version,
  threat: detector.threat,
  options: options as Record<string, unknown>,
  needs: requiredRoles(detector),
  rows: 0,
  findings: [] as Finding[],
  figures: [] as Figure[],
})

/** Words a claim and gives it the fingerprint that waivers name, which does not depend on how much is shown. */
export function findingOf(
  detector: AnyDetector,
  claim: Claim,
  cut: (value: string) => string = value => value,
): Finding {
  const values: Record<string, unknown> = { ...claim.evidence, ...claim.values }
  const worded = (of: (value: string) => string) =>
    detector.messages[claim.message]!.replace(/\{(\w+)\}/g, (_: string, name: string) => of(shown(values[name])))
  const text = worded(value => value)
  const where = 'member' in claim.evidence ? `/${claim.evidence.member}` : ''
  const named = `${detector.id}/${claim.message}/${text}${where}`
  const id = [0, 1].map(seed => (hashString(named, seed) >>> 0).toString(16).padStart(8, '0')).join('')
  const { message, severity, evidence, threat = detector.threat } = claim
  return { id, detector: detector.id, message, severity, threat, text: worded(cut), evidence }
}

function shown(value: unknown): string {
  if (typeof value !== 'number') return String(value ?? '')
  return Number.isInteger(value) ? value.toLocaleString('en-US') : String(Number(value.toPrecision(3)))
}
