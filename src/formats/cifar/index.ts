import { type Cell, format, type RecordFile, type Source } from '../../core/index.ts'
import { rasterFrom, stackFile } from '../stack.ts'

const layout = { width: 32, height: 32, channels: 3, planar: true }
const pixelBytes = 32 * 32 * 3

/** A record is the labels, a byte each, and the pixels, channel by channel. */
interface Kind {
  readonly labels: readonly { readonly name: string; readonly most: number }[]
}
const kinds: readonly Kind[] = [
  { labels: [{ name: 'label', most: 10 }] },
  {
    labels: [
      { name: 'coarse_label', most: 20 },
      { name: 'label', most: 100 },
    ],
  },
]
const bytesOf = ({ labels }: Kind): number => labels.length + pixelBytes
/** Records that must look right before the file is believed to be one: nothing else marks it. */
const leastRecords = 8

/** The binary version of CIFAR-10 and CIFAR-100. Its Python version is a pickle, which is never loaded. */
export default format({
  id: 'cifar',
  title: 'CIFAR binary',
  extensions: ['.bin'],
  access: 'random',
  sniff(head) {
    const kind = kindOf(head)
    return kind && Math.floor(head.length / bytesOf(kind)) >= leastRecords ? 3 : 0
  },
  open: openCifar,
})

/** The kind whose label bytes are all in range and not all the same. */
function kindOf(head: Uint8Array): Kind | null {
  const fitting = kinds.filter(kind => {
    const seen = new Set<number>()
    const size = bytesOf(kind)
    for (let at = 0; at + size <= head.length; at += size)
      for (const [k, { most }] of kind.labels.entries()) {
        if (head[at + k]! >= most) return false
        seen.add(head[at + k]!)
      }
    return seen.size > 1
  })
  return fitting[0] ?? null
}

async function openCifar(source: Source): Promise<RecordFile> {
  const kind = kindOf(await source.read(0, 256 << 10)) ?? kinds[0]!
  const itemBytes = bytesOf(kind)
  const there = Math.floor(source.size / itemBytes)
  return stackFile({
    columns: ['image', ...kind.labels.map(({ name }) => name)],
    roles: { image: 'image', label: 'label' },
    claimed: Math.ceil(source.size / itemBytes),
    there,
    itemBytes,
    async cells(start, count) {
      const bytes = await source.read(start * itemBytes, (start + count) * itemBytes)
      const each = Array.from({ length: count }, (_, k) => bytes.subarray(k * itemBytes, (k + 1) * itemBytes))
      const labels = kind.labels.map(({ name }, k) => [name, each.map(item => item[k]!)] as const)
      const images = each.map(item => rasterFrom(item.subarray(kind.labels.length), layout))
      return new Map<string, readonly Cell[]>([['image', images], ...labels])
    },
  })
}
