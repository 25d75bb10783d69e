import { type Bytes, type Examiner, memoryBytes, sliceOf } from '../../core/index.ts'

const mostBytes = 64 << 20
const [memberMark, directoryMark, endMark] = [0x04034b50, 0x02014b50, 0x06054b50]

/** Looks into the archive behind the tables: labels and vocabularies of the model, or what else is there. */
export async function associated(bytes: Bytes, from: number, examiner: Examiner): Promise<void> {
  const head = bytes.read(from, from + 64)
  const skipped = head.findIndex(byte => byte !== 0)
  const start = from + Math.max(0, skipped)
  const isArchive = viewOf(bytes.read(start, start + 4)).byteLength === 4 && head.length - skipped >= 4
  if (skipped < 0 || !isArchive || viewOf(bytes.read(start, start + 4)).getUint32(0, true) !== memberMark) return
  examiner.claim(from, bytes.size, 'associated files')
  const tail = sliceOf(bytes, start, bytes.size)
  const archive = tail.size <= mostBytes ? memoryBytes(rebased(new Uint8Array(tail.read(0, tail.size)), start)) : tail
  await examiner.member('associated files', archive, { as: 'zip', start, end: bytes.size })
}

const viewOf = (data: Uint8Array) => new DataView(data.buffer, data.byteOffset, data.length)

/** Places in the directory of such an archive count from the beginning of the file: makes them count from its own. */
function rebased(data: Uint8Array, base: number): Uint8Array {
  const view = viewOf(data)
  for (let end = data.length - 22; end >= 0 && end > data.length - 70_000; end--) {
    if (view.getUint32(end, true) !== endMark) continue
    const offset = view.getUint32(end + 16, true)
    if (offset < base || offset - base > end) return data
    view.setUint32(end + 16, offset - base, true)
    for (let at = offset - base; at + 46 <= end && view.getUint32(at, true) === directoryMark; ) {
      const place = view.getUint32(at + 42, true)
      if (place >= base) view.setUint32(at + 42, place - base, true)
      at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    }
    return data
  }
  return data
}
