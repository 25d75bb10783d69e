import { op, type Routine } from './wasm.ts'

const { get, set, constant, add, multiply, load, store, zeroLanes, loop, againWhileBelow } = op

/** One number in all four lanes. */
const splat = [0xfd, 0x09, 2, 0]
const multiplyLanes = [0xfd, 0xe6, 0x01]
const addLanes = [0xfd, 0xe4, 0x01]

/** Locals of the function: its parameters, then its own. */
const at = {
  a: 0,
  b: 1,
  out: 2,
  rows: 3,
  aBytes: 4,
  bBytes: 5,
  end: 6,
  column: 7,
  one: 8,
  many: 9,
  lineEnd: 10,
  sums: 11,
}
const four = [0, 1, 2, 3]
const block = 64

const along = loop([
  ...four.flatMap(j => [
    ...get(at.sums + j),
    ...[...get(at.one), ...splat],
    ...[...get(at.many), ...load(16 * j), ...multiplyLanes],
    ...[...addLanes, ...set(at.sums + j)],
  ]),
  ...[...get(at.one), ...constant(4), ...add, ...set(at.one)],
  ...[...get(at.many), ...get(at.bBytes), ...add, ...set(at.many)],
  ...[...get(at.one), ...get(at.lineEnd), ...againWhileBelow],
])

const across = loop([
  ...four.flatMap(j => [...zeroLanes, ...set(at.sums + j)]),
  ...[...get(at.a), ...set(at.one)],
  ...[...get(at.b), ...get(at.column), ...add, ...set(at.many)],
  ...along,
  ...four.flatMap(j => [...get(at.out), ...get(at.column), ...add, ...get(at.sums + j), ...store(16 * j)]),
  ...[...get(at.column), ...constant(block), ...add, ...set(at.column)],
  ...[...get(at.column), ...get(at.bBytes), ...againWhileBelow],
])

const down = loop([
  ...[...get(at.a), ...get(at.aBytes), ...add, ...set(at.lineEnd)],
  ...[...constant(0), ...set(at.column)],
  ...across,
  ...[...get(at.out), ...get(at.bBytes), ...add, ...set(at.out)],
  ...[...get(at.lineEnd), ...set(at.a)],
  ...[...get(at.a), ...get(at.end), ...againWhileBelow],
])

/**
 * `out = a · b` for matrices of 32-bit fractions whose rows lie one after the other; rows of `b` have a multiple of 16
 * numbers: a, b, out, rows of a, bytes of a row of a, bytes of a row of b.
 */
export const productRoutine: Routine = {
  parameters: 6,
  numbers: 5,
  lanes: 4,
  body: [...get(at.a), ...get(at.rows), ...get(at.aBytes), ...multiply, ...add, ...set(at.end), ...down],
}
