/** A number as the binary format of WebAssembly writes it (LEB128, unsigned). */
const leb = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)])
const vector = (items: readonly (readonly number[])[]): number[] => [...leb(items.length), ...items.flat()]
const section = (id: number, items: readonly (readonly number[])[]): number[] => {
  const body = vector(items)
  return [id, ...leb(body.length), ...body]
}
const text = (name: string): number[] => [...leb(name.length), ...Buffer.from(name, 'latin1')]

const [i32, v128] = [0x7f, 0x7b]
const get = (local: number) => [0x20, local]
const set = (local: number) => [0x21, local]
const constant = (value: number) => [0x41, value]
const add = [0x6a]
const load = [0xfd, 0x00, 4, 0]
/** Eight products of 16-bit numbers, added in pairs. */
const dotPairs = [0xfd, 0xba, 0x01]
const addLanes = [0xfd, 0xae, 0x01]
const zeroLanes = [0xfd, 0x0c, ...Array<number>(16).fill(0)]
const lane = (at: number) => [0xfd, 0x1b, at]
const store = (offset: number) => [0x36, 2, offset]
const loop = (body: readonly number[]) => [0x03, 0x40, ...body, 0x0b]
const againWhileBelow = [0x49, 0x0d, 0]

/** Locals of the function: its parameters, then its own. */
const at = { one: 0, many: 1, rows: 2, bytes: 3, out: 4, step: 5, row: 6, rowEnd: 7, sums: 8 }
const four = [0, 1, 2, 3]

/** `out[r] = one · many[r]` for rows of 16-bit numbers, four rows at a time. */
function body(): number[] {
  const place = (r: number) => [
    ...get(at.row),
    ...Array(r)
      .fill([...get(at.bytes), ...add])
      .flat(),
  ]
  const inner = loop([
    ...four.flatMap(r => [
      ...get(at.sums + r),
      ...get(at.one),
      ...get(at.step),
      ...add,
      ...load,
      ...place(r),
      ...get(at.step),
      ...add,
      ...load,
      ...dotPairs,
      ...addLanes,
      ...set(at.sums + r),
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
      ...store(4 * r),
    ]),
    ...[...get(at.out), ...constant(16), ...add, ...set(at.out)],
    ...[...place(4), ...set(at.row)],
    ...[...get(at.row), ...get(at.rowEnd), ...againWhileBelow],
  ])
  const start = [
    ...[...get(at.many), ...set(at.row)],
    ...[...get(at.many), ...get(at.rows), ...get(at.bytes), 0x6c, ...add, ...set(at.rowEnd)],
  ]
  const locals = vector([
    [3, i32],
    [4, v128],
  ])
  return [...locals, ...start, ...outer, 0x0b]
}

/** The kernel as a module of WebAssembly with SIMD: it imports its memory and exports `dots`. */
export function dotModule(): Uint8Array<ArrayBuffer> {
  const code = body()
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[0x60, ...vector([[i32], [i32], [i32], [i32], [i32]]), 0]]),
    ...section(2, [[...text('host'), ...text('memory'), 0x02, 0x00, 1]]),
    ...section(3, [[0]]),
    ...section(7, [[...text('dots'), 0, 0]]),
    ...section(10, [[...leb(code.length), ...code]]),
  ])
}
