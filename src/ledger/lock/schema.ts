import { z } from 'zod'
import { momentIn } from '../../core/lean.ts'

/** Version of the lock's JSON shape; the first number changes when a reader must. */
export const lockVersion = '1.0'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const at = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .refine(text => momentIn(text) !== null)
  .describe('A moment in UTC, ISO 8601 with milliseconds and Z.')
/** Written beside what it covers and left out of what programs see: it names the entry that a hand changed. */
const check = z
  .string()
  .regex(/^[0-9a-f]{8}$/)
  .optional()
  .describe('CRC-32 of the rest of this entry: names the entry that was edited by hand. No protection against purpose.')

/** One file of an artifact, as it was when it was trusted. */
export const lockedPart = z.strictObject({
  name: z.string().min(1).describe('Path from the root of the artifact, `/` between its parts, NFC or as on the disk.'),
  size: z.number().int().min(0).describe('Bytes.'),
  sha256,
  blake3: sha256.describe('32 bytes of BLAKE3, hex.'),
  link: z
    .string()
    .optional()
    .describe('Where it leads, when it is a symbolic link; the digests are of what it leads to.'),
  check,
})
export type LockedPart = z.infer<typeof lockedPart>

/** Rows of one file of a table: enough to say which file was edited, and where. */
export const lockedShard = z.strictObject({
  name: z.string(),
  rows: z.number().int().min(0),
  digest: sha256.describe('Over the digests of the blocks.'),
  blocks: z
    .array(z.string().regex(/^[0-9a-f]{16}$/))
    .describe('Digest of each run of `blockRows` rows, in order: which rows were edited can be told to a run.'),
  blockRows: z.number().int().min(1),
})
export type LockedShard = z.infer<typeof lockedShard>

export const lockedColumn = z.strictObject({ name: z.string(), role: z.string().optional() })

export const lockedTable = z.strictObject({
  rows: z.number().int().min(0),
  lostRows: z.number().int().min(0),
  columns: z.array(lockedColumn),
  shards: z.array(lockedShard),
})
export type LockedTable = z.infer<typeof lockedTable>

/** Where an artifact came from, and that its files are what that place says they are. */
export const lockedOrigin = z.strictObject({
  kind: z.enum(['huggingface', 'git']),
  repository: z.string().describe('`owner/name` or the address of the remote; empty when it is not known.'),
  commit: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
  checked: z.number().int().min(0).describe('Parts whose content id at that place equals their bytes.'),
  differing: z.array(z.string()).describe('Parts that differ from what the commit holds.'),
  unknown: z.array(z.string()).describe('Parts that the place gives no content id for.'),
})
export type LockedOrigin = z.infer<typeof lockedOrigin>

/** What was decided about an artifact, by which report. */
export const lockedDecision = z.strictObject({
  report: sha256.describe('SHA-256 of the canonical JSON of the report.'),
  verdict: z.enum(['pass', 'hold', 'block']),
  reasons: z.array(z.string()),
  waived: z.array(z.string()).describe('Findings that a waiver silenced.'),
  policy: sha256.nullable().describe('SHA-256 of the policy file; null for the policy built in.'),
  tool: z.string(),
  detectors: z.record(z.string(), z.string()).describe('Version by detector that ran.'),
  forced: z.literal(true).optional().describe('It was locked though the verdict was block, because somebody said so.'),
})
export type LockedDecision = z.infer<typeof lockedDecision>

export const lockedLeftOut = z.strictObject({ name: z.string(), reason: z.string() })

export const lockedArtifact = z.strictObject({
  name: z.string().min(1).describe('Unique in the lock.'),
  kind: z.enum(['dataset', 'model', 'corpus', 'feedback', 'urls']),
  root: z.string().describe('Path of the file or folder from the folder of the lock, `/` between its parts.'),
  file: z.literal(true).optional().describe('The root is a file, not a folder.'),
  id: sha256.describe('Binds names, sizes and bytes of all parts.'),
  parts: z.array(lockedPart).describe('By code points of their names.'),
  ignored: z.array(z.string()).describe('Patterns of what was left out, as given.'),
  linksOut: z.literal(true).optional().describe('Links to files out of the root are followed and pinned too.'),
  runnable: z
    .array(lockedPart.omit({ blake3: true, check: true }))
    .optional()
    .describe('Files that the patterns leave out and that something could run: pinned all the same.'),
  leftOut: z
    .array(lockedLeftOut)
    .optional()
    .describe('Found and not pinned: links to folders, out of the root or to nowhere, pipes, unreadable folders.'),
  table: lockedTable.optional(),
  origin: lockedOrigin.optional(),
  decision: lockedDecision.optional(),
  baseline: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Finished baseline statistics by id, for drift later.'),
  check,
})
export type LockedArtifact = z.infer<typeof lockedArtifact>

/** One state of the lock. `hash` covers the other fields, so that no entry can be changed without all later ones. */
export const lockedEvent = z.strictObject({
  at,
  id: sha256.describe('The id of the lock in this state.'),
  what: z.string().describe('One sentence: what was locked or released.'),
  previous: sha256.nullable(),
  hash: sha256,
})
export type LockedEvent = z.infer<typeof lockedEvent>

/** What was trusted. */
export const lock = z.strictObject({
  $schema: z.literal('urn:bezoar:lock:1.0'),
  version: z.literal(lockVersion),
  id: sha256.describe('Binds all artifacts: their names, roots, parts, tables, origins, decisions and baselines.'),
  artifacts: z.array(lockedArtifact).describe('By code points of their names.'),
  history: z.array(lockedEvent).min(1),
})
export type Lock = z.infer<typeof lock>

/** The JSON Schema of the lock, as committed under docs/schema. */
export const lockSchema = (): unknown => ({
  $id: `urn:bezoar:lock:${lockVersion}`,
  title: 'Lock of Bezoar',
  ...z.toJSONSchema(lock, { unrepresentable: 'any' }),
})
