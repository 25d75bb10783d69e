/** How far a scan is. */
export interface Progress {
  /** Passes over the data begun so far. */
  readonly pass: number
  /** Rows read in this pass; 0 when a database reads them. */
  readonly rows: number
  /** Detectors that have an outcome. */
  readonly done: number
  readonly detectors: number
}
