import { op, type Routine } from './wasm.ts'

const { get, set, constant, add, multiply, load, zeroLanes, lane, storeWord, loop, againWhileBelow } = op

/** Eight products of 16-bit numbers, added in pairs. */
const dotPairs = [0xfd, 0xba, 0x01]
const addLanes = [0xfd, 0xae, 0x01]

/** Locals of the function: its parameters, then its own. */
const at = { one: 0, many: 1, rows: 2, bytes: 3, out: 4, step: 5, row: 6, rowEnd: 7, sums: 8 }
const four = [0, 1, 2, 3]

const place = (r: number) => [
  ...get(at.row),
  ...Array(r)
    .fill([...get(at.bytes), ...add])
    .flat(),
]

const inner = loop([
  ...four.flatMap(r => [
    ...get(at.sums + r),
    ...[...get(at.one), ...get(at.step), ...add, ...load()],
    ...[...place(r), ...get(at.step), ...add, ...load()],
    ...[...dotPairs, ...addLanes, ...set(at.sums + r)],
  ]),
  ...[...get(at.step), ...constant(16), ...add, ...set(at.step)],
  ...[...get(at.step), ...get(at.bytes), ...againWhileBelow],
])

const outer = loop([
  ...four.flatMap(r => [...zeroLanes, ...set(at.sums + r)]),
  ...[...constant(0), ...set(at.step)],
  ...inner,
  ...four.flatMap(r => [
    ...get(at.out),
    ...four.flatMap(k => [...get(at.sums + r), ...lane(k), ...(k > 0 ? add : [])]),
    ...storeWord(4 * r),
  ]),
  ...[...get(at.out), ...constant(16), ...add, ...set(at.out)],
  ...[...place(4), ...set(at.row)],
  ...[...get(at.row), ...get(at.rowEnd), ...againWhileBelow],
])

/** `out[r] = one · many[r]` for rows of 16-bit numbers, four rows at a time: one, many, rows, bytes of a row, out. */
export const dotRoutine: Routine = {
  parameters: 5,
  numbers: 3,
  lanes: 4,
  body: [
    ...[...get(at.many), ...set(at.row)],
    ...[...get(at.many), ...get(at.rows), ...get(at.bytes), ...multiply, ...add, ...set(at.rowEnd)],
    ...outer,
  ],
}
