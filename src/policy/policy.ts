import { z } from 'zod'
import { severities } from '../core/index.ts'

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'must be a date such as 2027-01-31')
  .refine(isDay, 'is no day of the calendar')
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 digest: 64 hexadecimal digits in lower case')
const findingId = z
  .string()
  .regex(/^[0-9a-f]{16}$/, 'must be a finding id: 16 hexadecimal digits, as the report prints it')

function isDay(text: string): boolean {
  const time = Date.parse(text + 'T00:00:00Z')
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Somebody looked at a finding and accepts it, for a reason and until a day. */
const waiver = z
  .strictObject({
    finding: findingId.optional().describe('The finding that is accepted.'),
    artifact: digest.optional().describe('Digest of the artifact; without a finding, all findings of these bytes.'),
    reason: z.string().trim().min(1, 'must say why').describe('Why it is accepted.'),
    expires: day.describe('Last day on which it counts, in UTC.'),
  })
  .refine(w => w.finding !== undefined || w.artifact !== undefined, 'must name a finding, an artifact or both')
export type Waiver = z.infer<typeof waiver>

/** What turns a report into a verdict. */
export const policy = z.strictObject({
  version: z.literal(1, 'must be 1').default(1),
  plugins: z
    .array(z.string())
    .default([])
    .describe('Packages with further detectors; found from the folder of this file, their code runs.'),
  detectors: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({})
    .describe('Options by detector: the thresholds.'),
  required: z.array(z.string()).default([]).describe('Detectors that must have judged; else the verdict is hold.'),
  severities: z
    .record(z.string(), z.enum(severities))
    .default({})
    .describe('Severity by detector, or by detector/message, instead of the one the detector gives.'),
  lostRows: z
    .number()
    .min(0)
    .max(1)
    .default(0.001)
    .describe('Largest share of rows that may be unreadable; above it the verdict is hold.'),
  waivers: z.array(waiver).default([]),
})
export type Policy = z.infer<typeof policy>

/** The policy in force when none is given. */
export const defaultPolicy: Policy = policy.parse({})
