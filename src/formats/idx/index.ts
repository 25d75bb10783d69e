import { format, type RecordFile, type Source } from '../../core/index.ts'
import { Broken } from '../../sources/index.ts'
import { checkItem, layoutOf, orBroken, rasterFrom, stackFile } from '../stack.ts'

/** Bytes without a sign: the only type of number that pictures have in these files. */
const ubyte = 0x08
const mostItems = 2 ** 31

interface Head {
  readonly shape: readonly number[]
  readonly dataAt: number
}

/** IDX arrays of bytes: the pictures and the labels of MNIST and the sets that followed it. */
export default format({
  id: 'idx',
  title: 'IDX',
  extensions: ['.idx', '.idx1', '.idx3', '-ubyte'],
  access: 'random',
  sniff(head) {
    const found = headOf(head)
    if (!found) return 0
    return found.shape.length === 1 ? 2 : 3
  },
  open: source => orBroken(() => openIdx(source)),
})

/** Two zero bytes, the type, the number of dimensions, and their sizes as big-endian numbers. */
function headOf(bytes: Uint8Array): Head | null {
  const dimensions = bytes[3] ?? 0
  const dataAt = 4 + 4 * dimensions
  if (bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== ubyte || bytes.length < dataAt) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shape = Array.from({ length: dimensions }, (_, k) => view.getUint32(4 + 4 * k))
  if (shape[0]! < 1 || shape[0]! > mostItems) return null
  return shape.length === 1 || layoutOf(shape) ? { shape, dataAt } : null
}

async function openIdx(source: Source): Promise<RecordFile> {
  const head = headOf(await source.read(0, 20))
  if (!head) throw new Broken('damaged', 'its header is that of no array of pictures or labels')
  const layout = layoutOf(head.shape)
  const itemBytes = layout ? layout.width * layout.height * layout.channels : 1
  checkItem(itemBytes)
  const column = layout ? 'image' : 'label'
  return stackFile({
    columns: [column],
    roles: { [column]: column },
    claimed: head.shape[0]!,
    there: Math.max(0, Math.min(head.shape[0]!, Math.floor((source.size - head.dataAt) / itemBytes))),
    itemBytes,
    async cells(start, count) {
      const from = head.dataAt + start * itemBytes
      const bytes = await source.read(from, from + count * itemBytes)
      const cells = Array.from({ length: count }, (_, k) =>
        layout ? rasterFrom(bytes.subarray(k * itemBytes, (k + 1) * itemBytes), layout) : (bytes[k] ?? null),
      )
      return new Map([[column, cells]])
    },
  })
}
