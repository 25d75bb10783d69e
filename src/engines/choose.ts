import { availableParallelism, totalmem } from 'node:os'
import type { Table } from '../core/index.ts'
import { statistics } from '../statistics/index.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { foldEngine } from './fold/index.ts'
import type { Catalogue } from './plan.ts'
import { duckdbClient } from './sql/duckdb.ts'
import { sqlEngine } from './sql/index.ts'

export interface EngineChoice extends EngineOptions {
  /** `auto` (default) folds: that is the faster one for a table read once or twice. */
  readonly engine?: 'auto' | 'fold' | 'sql' | undefined
  /** The built-in statistics when absent. */
  readonly catalogue?: Catalogue | undefined
}

/** An engine for the table. Throws the Fault `engine-absent` when it is not installed. */
export async function chooseEngine(table: Table, choice: EngineChoice = {}): Promise<Engine> {
  const catalogue = choice.catalogue ?? new Map(statistics.map(s => [s.id, s]))
  if (choice.engine !== 'sql') return foldEngine(table, catalogue, choice)
  const threads = choice.threads ?? Math.min(8, availableParallelism())
  const memoryMegabytes = Math.floor(Math.min(4096, totalmem() / 2 ** 20 / 4))
  return sqlEngine(table, await duckdbClient({ threads, memoryMegabytes }), catalogue, choice)
}
