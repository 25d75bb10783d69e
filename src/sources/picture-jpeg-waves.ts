/** The factors of Loeffler, Ligtenberg and Moschytz ("Practical fast 1-D DCT algorithms with 11 multiplications", 1989). */
const scale = 13
const fixed = (value: number): number => Math.round(value * (1 << scale))
const even = { c6: fixed(0.541196100146197), more: fixed(0.76536686473018), less: fixed(1.847759065022573) }
const odd = {
  all: fixed(1.175875602419359),
  z: [fixed(0.899976223136416), fixed(2.562915447741505), fixed(1.961570560806461), fixed(0.390180644032257)],
  own: [fixed(0.298631336268267), fixed(2.053119869017865), fixed(3.072711026994155), fixed(1.50132111014482)],
} as const
const [z0, z1, z2, z3] = odd.z as readonly [number, number, number, number]
const [o0, o1, o2, o3] = odd.own as readonly [number, number, number, number]
/** Bits that are kept between the passes. */
const spare = 2

const between = new Int32Array(64)

/** Turns the coefficients of a block into samples, in whole numbers, as decoders commonly do: the same to the last bit. */
export function writeBlock(cells: Int32Array, out: Uint8Array, to: number, stride: number): void {
  for (let x = 0; x < 8; x++) lineInto(cells, x, 8, scale - spare)
  for (let y = 0; y < 8; y++) {
    rowInto(y, scale + spare + 3)
    const at = to + y * stride
    for (let x = 0; x < 8; x++) out[at + x] = Math.max(0, Math.min(255, line[x]! + 128))
  }
}

const line = new Int32Array(8)

function lineInto(cells: Int32Array, x: number, step: number, shift: number): void {
  const [a, b, c, d] = [cells[x + step]!, cells[x + 2 * step]!, cells[x + 3 * step]!, cells[x + 4 * step]!]
  const [e, f, g] = [cells[x + 5 * step]!, cells[x + 6 * step]!, cells[x + 7 * step]!]
  if ((a | b | c | d | e | f | g) === 0) {
    const flat = cells[x]! << spare
    for (let y = 0; y < 8; y++) between[8 * y + x] = flat
    return
  }
  waves(cells[x]!, a, b, c, d, e, f, g, shift)
  for (let y = 0; y < 8; y++) between[8 * y + x] = line[y]!
}

function rowInto(y: number, shift: number): void {
  const at = 8 * y
  waves(
    between[at]!,
    between[at + 1]!,
    between[at + 2]!,
    between[at + 3]!,
    between[at + 4]!,
    between[at + 5]!,
    between[at + 6]!,
    between[at + 7]!,
    shift,
  )
}

/** Eight samples of the waves of one line, into `line`. */
function waves(
  w0: number,
  w1: number,
  w2: number,
  w3: number,
  w4: number,
  w5: number,
  w6: number,
  w7: number,
  shift: number,
): void {
  const half = 1 << (shift - 1)
  const turned = (w2 + w6) * even.c6
  const [low, high] = [turned - w6 * even.less, turned + w2 * even.more]
  const [sum, difference] = [(w0 + w4) << scale, (w0 - w4) << scale]
  const [e0, e3, e1, e2] = [sum + high + half, sum - high + half, difference + low + half, difference - low + half]
  const all = (w7 + w3 + w5 + w1) * odd.all
  const [outer, inner] = [-(w7 + w1) * z0, -(w5 + w3) * z1]
  const [thirds, firsts] = [all - (w7 + w3) * z2, all - (w5 + w1) * z3]
  const [p0, p1] = [w7 * o0 + outer + thirds, w5 * o1 + inner + firsts]
  const [p2, p3] = [w3 * o2 + inner + thirds, w1 * o3 + outer + firsts]
  line[0] = (e0 + p3) >> shift
  line[7] = (e0 - p3) >> shift
  line[1] = (e1 + p2) >> shift
  line[6] = (e1 - p2) >> shift
  line[2] = (e2 + p1) >> shift
  line[5] = (e2 - p1) >> shift
  line[3] = (e3 + p0) >> shift
  line[4] = (e3 - p0) >> shift
}
