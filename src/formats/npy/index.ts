import { format, type RecordFile, type Source } from '../../core/index.ts'
import { Broken } from '../../sources/index.ts'
import {
  calledLabels,
  holdsPictures,
  labelsIn,
  labelsOf,
  numbersOf,
  numpyHead,
  numpyHeadBytes,
  picturesIn,
  samplesOf,
  scaleOf,
} from '../numpy.ts'
import { checkItem, orBroken, rasterFrom, stackFile } from '../stack.ts'

const mostSampled = 1 << 20

/** An array of NumPy that holds pictures, or the labels of some. Arrays of objects are pickles, which are never loaded. */
export default format({
  id: 'npy',
  title: 'NumPy array',
  extensions: ['.npy'],
  access: 'random',
  sniff(head, _tail, name) {
    const found = numpyHead(head)
    if (!found) return 0
    const bare = name.replace(/\.npy$/i, '')
    if (holdsPictures(bare, found)) return 3
    return calledLabels.test(bare) && labelsIn(found) && found.kind !== 'f' ? 3 : 0
  },
  open: source => orBroken(() => openNpy(source)),
})

async function openNpy(source: Source): Promise<RecordFile> {
  const head = numpyHead(await source.read(0, numpyHeadBytes))
  if (!head) throw new Broken('unsupported', 'its header is that of no array of numbers')
  const layout = picturesIn(head)
  const labels = layout ? null : labelsIn(head)
  if (!layout && !labels) throw new Broken('unsupported', 'the array holds neither pictures nor labels')
  const each = (layout ? layout.width * layout.height * layout.channels : labels!.columns) * head.itemBytes
  checkItem(each)
  const column = layout ? 'image' : 'label'
  const claimed = head.shape[0] ?? 0
  const there = Math.max(0, Math.min(claimed, Math.floor((source.size - head.dataAt) / each)))
  const scale = scaleOf(await source.read(head.dataAt, head.dataAt + Math.min(mostSampled, there * each)), head)
  return stackFile({
    columns: [column],
    roles: { [column]: column },
    claimed,
    there,
    itemBytes: each,
    async cells(start, count) {
      const from = head.dataAt + start * each
      const bytes = await source.read(from, from + count * each)
      if (labels) return new Map([[column, labelsOf(numbersOf(bytes, head), labels.columns)]])
      const item = (k: number) => samplesOf(bytes.subarray(k * each, (k + 1) * each), head, scale)
      return new Map([[column, Array.from({ length: count }, (_, k) => rasterFrom(item(k), layout!))]])
    },
  })
}
