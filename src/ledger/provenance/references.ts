import { type Table, tableOfRows } from '../../core/index.ts'
import type { Reference } from '../references/index.ts'

/**
 * What the files of an artifact name outside of it, as a table that detectors judge: `item` (file:line), `url`, its pin
 * as `digest`, and what becomes of it as `label` (runs, loaded, read, named).
 */
export const referencesTable = (name: string, references: readonly Reference[]): Table =>
  tableOfRows(
    name,
    references.map(({ file, line, url, pin, use }) => ({ item: `${file}:${line}`, url, digest: pin, label: use })),
  )
