import type { Unread } from './records.ts'
import type { Counting } from './summary.ts'

/** How to take a snapshot. */
export interface SnapshotOptions {
  /** Milliseconds since 1970; the latest time of the table (one more pass) when absent. */
  readonly at?: number
  readonly holdMs: number
  readonly radius: number
  /** Most bytes on the disk for tables whose pages do not stand together; 64 GiB when absent. */
  readonly mostSpillBytes?: number
  readonly signal?: AbortSignal
  onPages?(pages: number, revisions: number): void
}

/** Where lines go. `restart` throws away all that was written. */
export interface LineSink {
  write(text: string): Promise<void>
  restart(): Promise<void>
}

/** What one pass counts and where it writes. */
export interface Pass {
  readonly counts: Counting
  readonly missing: Unread
  readonly sink: LineSink
  readonly options: SnapshotOptions
}
