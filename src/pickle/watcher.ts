import type { Machine } from './machine.ts'

/** Is told what a pickle does while it is read. Everything is a handle. */
export interface Watcher {
  /** A global was looked up. */
  resolved(machine: Machine, global: number, by: string): void
  /** A global was looked up whose name only the run knows, or an extension code. */
  unresolved(machine: Machine, result: number, name: string, by: string, operands: readonly number[]): void
  /** Something was called. */
  called(machine: Machine, result: number, by: number): void
  /** State, items or keys were given to something; they are the handles [from, to) of the stack's row. */
  set(machine: Machine, target: number, by: number, from: number, to: number): void
  /** Something was asked for by an id. */
  persisted(machine: Machine, result: number, by: string): void
  /** A value was returned. */
  stopped(machine: Machine, root: number): void
}
