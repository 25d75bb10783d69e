/**
 * Bezoar as a library: open a dataset, scan it, decide, and write the report.
 * Detectors, attacks, statistics, the lab and the kit have doors of their own (`bezoar/detectors`, …).
 */
export type {
  Artifact,
  Batch,
  Cell,
  Claim,
  Column,
  Coverage,
  Decision,
  Evidence,
  FaultCode,
  Figure,
  Finding,
  Limits,
  Outcome,
  Part,
  Report,
  Role,
  Row,
  RowRef,
  RowSet,
  Severity,
  Table,
} from './core/index.ts'
export { exitCodes, explainId, Fault, frameworkIds, tableOfRows, threats, toolVersion } from './core/index.ts'
export { decide, defaultPolicy, type Policy, parsePolicy, policyTemplate } from './policy/index.ts'
export {
  type RenderOptions,
  type ReportFormat,
  readReport,
  render,
  reportFormats,
  reportSchema,
} from './report/index.ts'
export {
  loadPlugins,
  type OpenedTable,
  type OpenOptions,
  openTable,
  type Plugins,
  type Progress,
  type ScanOptions,
  scan,
} from './scan/index.ts'
