const encoder = new TextEncoder()

/** One field of a protocol buffer: a whole number, text or inner bytes. */
function field(number: number, value: number | string | Uint8Array): number[] {
  if (typeof value === 'number') return [...varint(number << 3), ...varint(value)]
  const bytes = typeof value === 'string' ? encoder.encode(value) : value
  return [...varint((number << 3) | 2), ...varint(bytes.length), ...bytes]
}

function varint(value: number): number[] {
  const out: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128)
  return [...out, rest]
}

const message = (...fields: readonly (readonly number[])[]): Uint8Array => Uint8Array.from(fields.flat())

/** What a small network for tests is like. */
export interface SmallNet {
  /** Shape of its input; a batch of any size of 3 × 16 × 16 when absent. */
  readonly dims?: readonly number[]
  /** A further set of operators that it imports. */
  readonly domain?: string
}

/** An ONNX file that gives the mean colour of each quarter of a picture. */
export function pooling({ dims = [0, 3, 16, 16], domain }: SmallNet = {}): Uint8Array {
  const dim = (n: number) => field(1, n === 0 ? message(field(2, 'N')) : message(field(1, n)))
  const typed = (shape: Uint8Array) => message(field(1, message(field(1, 1), field(2, shape))))
  const value = (name: string, shape: readonly number[]) =>
    message(field(1, name), field(2, typed(message(...shape.map(dim)))))
  const whole = (name: string, values: readonly number[]) =>
    message(field(1, name), ...values.map(v => field(8, v)), field(20, 7))
  const pool = message(
    field(1, 'x'),
    field(2, 'y'),
    field(4, 'AveragePool'),
    field(5, whole('kernel_shape', [8, 8])),
    field(5, whole('strides', [8, 8])),
  )
  const graph = message(
    field(1, pool),
    field(2, 'small'),
    field(11, value('x', dims)),
    field(12, value('y', [0, 3, 2, 2])),
  )
  return message(
    field(1, 8),
    field(8, message(field(1, ''), field(2, 17))),
    ...(domain === undefined ? [] : [field(8, message(field(1, domain), field(2, 1)))]),
    field(7, graph),
  )
}
