import { z } from 'zod'

/** What became of one file of a cleaned table. */
const cleanedPart = z.object({
  name: z.string(),
  file: z.string().describe('The kept rows, relative to the folder of the log.'),
  sha256: z.string().describe('Of the file before.'),
  keptSha256: z.string().describe('Of the file after.'),
  dropped: z.number().int(),
  how: z.enum(['copied', 'cut', 'rewritten', 'converted', 'pictures']),
  pictures: z.array(z.string()).optional().describe('For a folder: the pictures that were taken out, by file name.'),
  kept: z.array(z.string()).optional().describe('For a folder: the pictures that were kept, by file name.'),
  named: z
    .object({ kept: z.array(z.string()), taken: z.array(z.string()), sha256: z.string() })
    .optional()
    .describe('For an index: the pictures it names, those that were kept and those that were taken out.'),
  original: z.string().optional().describe('The file before, when the quarantined bytes do not suffice to restore it.'),
  mark: z.number().int().describe('Bytes in front of the text (byte order mark).'),
})

/** The record of a cleaning: enough to undo it and to check that it was undone. */
export const cleanLog = z.object({
  version: z.literal('1'),
  findings: z.array(z.object({ id: z.string(), detector: z.string(), severity: z.string(), text: z.string() })),
  parts: z.array(cleanedPart),
  quarantine: z.string(),
  dropped: z.number().int(),
  notDropped: z.array(z.string()).describe('Sentences: accused rows that could not be quarantined.'),
})
export type CleanLog = z.infer<typeof cleanLog>
export type CleanedPart = CleanLog['parts'][number]

/** A quarantined record. */
export const quarantined = z.object({
  part: z.string(),
  record: z.number().int(),
  findings: z.array(z.string()),
  offset: z.number().int().optional().describe('Where its bytes stood in the text of the file.'),
  text: z.string().optional(),
  base64: z.string().optional().describe('Its bytes, when they are not UTF-8.'),
  cells: z.record(z.string(), z.unknown()).optional(),
})
export type Quarantined = z.infer<typeof quarantined>

export const logName = 'clean-log.json'
export const quarantineName = 'quarantine.jsonl'
/** Folder that holds the pictures which were taken out. */
export const quarantineFolder = 'quarantined-pictures'
