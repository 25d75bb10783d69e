import { z } from 'zod'
import { evidence, figure } from './evidence.ts'
import { type Severity, severities } from './severity.ts'

/** Version of the report's JSON shape; the first number changes when a reader must. */
export const reportVersion = '1.0'

/** The rows a finding accuses, as `[first, last]` record ranges by part. */
export const rowSet = z.object({
  total: z.number().int(),
  listed: z.array(z.object({ part: z.string(), ranges: z.array(z.tuple([z.number().int(), z.number().int()])) })),
  complete: z.boolean().describe('False when there were more rows than a report lists.'),
})
export type RowSet = z.infer<typeof rowSet>

export const finding = z.object({
  id: z.string().describe('Stable fingerprint: same detector, message and evidence name give the same id.'),
  detector: z.string(),
  message: z.string().describe('Message id of the detector.'),
  severity: z.enum(severities),
  threat: z.string(),
  text: z.string(),
  evidence,
  rows: rowSet.optional(),
})
export type Finding = z.infer<typeof finding>

/** What happened to one detector. */
export const outcome = z.object({
  detector: z.string(),
  version: z.string(),
  threat: z.string(),
  status: z.enum(['clean', 'found', 'skipped', 'failed']),
  reason: z.string().optional().describe('Why it was skipped, failed or judged in part.'),
  cause: z
    .enum(['no-column', 'absent', 'stopped'])
    .optional()
    .describe('Why it was skipped, as a program can tell: no such column, nothing of the kind in the model, stopped.'),
  options: z.record(z.string(), z.unknown()),
  needs: z.array(z.string()).optional().describe('Column roles it cannot judge without.'),
  rows: z.number().int().describe('Rows it saw.'),
  findings: z.array(finding),
  figures: z.array(figure),
})
export type Outcome = z.infer<typeof outcome>

export const coverage = z.object({
  rows: z.number().int(),
  lostRows: z.number().int().describe('Records that no detector could judge.'),
  bytes: z.number().int(),
  columns: z.array(
    z.object({
      name: z.string(),
      role: z.string().optional(),
      because: z.string().optional(),
      prose: z.boolean().optional().describe('True for a column without a role whose cells read like prose.'),
    }),
  ),
  notLookedAt: z.array(z.string()).describe('Sentences: columns, files, threats or rows that nothing judged.'),
  engine: z.string(),
  unjudged: z
    .array(z.string())
    .optional()
    .describe('Sentences: what went unjudged and keeps a model from passing. They stand in notLookedAt too.'),
})
export type Coverage = z.infer<typeof coverage>

export const artifact = z.object({
  name: z.string(),
  kind: z.enum(['dataset', 'model', 'corpus', 'feedback']),
  digest: z.string().describe('SHA-256 over the sorted "name NUL sha256" lines of the parts, hex.'),
  parts: z.array(
    z.object({
      name: z.string(),
      sizeBytes: z.number().int(),
      format: z.string(),
      split: z.string().optional(),
      sha256: z.string().optional(),
    }),
  ),
})
export type Artifact = z.infer<typeof artifact>

/** One file of a model: what was found in it, member by member, and what became of each byte. */
export const examinedFile = z.object({
  name: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  format: z.string().nullable().describe('Null when no format knows the bytes.'),
  severity: z.enum(['clean', ...severities]).describe('The gravest finding in this file.'),
  members: z
    .array(
      z.object({
        path: z.string(),
        depth: z.number().int(),
        format: z.string().nullable(),
        size: z.number().int(),
        unread: z.number().int().describe('Bytes that nobody could read.'),
        start: z.number().int().optional().describe('Place in the bytes of the outer member.'),
        end: z.number().int().optional(),
      }),
    )
    .describe('Outer members first; at most 2,000.'),
  furtherMembers: z.number().int(),
  bytes: z
    .array(z.object({ start: z.number().int(), end: z.number().int(), as: z.string(), read: z.boolean() }))
    .describe('The bytes of the file from first to last; at most 400 ranges, small neighbours united.'),
  facts: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })),
})
export type ExaminedFile = z.infer<typeof examinedFile>

/** All outcomes for one artifact. No clock, no machine name: same bytes, options and seed give the same report. */
export const report = z.object({
  $schema: z.string(),
  version: z.literal(reportVersion),
  tool: z.object({ name: z.literal('bezoar'), version: z.string() }),
  artifact,
  seed: z.number().int(),
  outcomes: z.array(outcome),
  coverage,
  files: z.array(examinedFile).optional().describe('For models: what each file holds.'),
  baseline: z.record(z.string(), z.unknown()).describe('Finished baseline statistics by id, for drift later.'),
})
export type Report = z.infer<typeof report>

/** `decide(report, policy, now)`: what to do about it. */
export interface Decision {
  readonly verdict: 'pass' | 'hold' | 'block'
  /** Most important first; never empty unless the verdict is pass. */
  readonly reasons: readonly {
    readonly text: string
    readonly finding?: string
    readonly detector?: string
    /** What the policy made of the finding's severity; absent when the reason is no finding. */
    readonly severity?: Severity
  }[]
  /** Findings that a waiver silenced, with its reason. */
  readonly waived: readonly { readonly finding: string; readonly reason: string; readonly expires: string }[]
}
