/**
 * Bezoar as a library: open a dataset or a model, scan it, decide, and write the report.
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
  ExaminedFile,
  FaultCode,
  Figure,
  Finding,
  Limits,
  Model,
  ModelFile,
  ModelLimits,
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
  type ArtifactKind,
  kindOf,
  loadPlugins,
  type OpenedModel,
  type OpenedTable,
  type OpenModelOptions,
  type OpenOptions,
  openModel,
  openTable,
  type Plugins,
  type Progress,
  type ScanModelOptions,
  type ScanOptions,
  scan,
  scanModel,
} from './scan/index.ts'
