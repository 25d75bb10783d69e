import { type Bytes, modelFormat, sliceOf } from '../../core/index.ts'

const chunk = 1 << 20
/** Weights beyond this are none. */
const largest = 1e7

/** Weights of a Darknet network: a version, how many pictures were seen, and numbers up to the end. */
export default modelFormat({
  id: 'darknet',
  title: 'Darknet weights',
  extensions: ['.weights'],
  sniff(head, _tail, name, size) {
    if (head.length < 20 || size < 24) return 0
    const view = new DataView(head.buffer, head.byteOffset, head.length)
    const [major, minor, revision] = [view.getInt32(0, true), view.getInt32(4, true), view.getInt32(8, true)]
    if (major !== 0 || minor < 1 || minor > 9 || revision < 0 || revision > 9 || size % 4 !== 0) return 0
    return /\.(weights|conv\.\d+)$/i.test(name) ? 2 : 1
  },

  read(bytes, examiner) {
    const minor = new DataView(bytes.read(4, 8).slice().buffer).getInt32(0, true)
    const start = minor >= 2 ? 20 : 16
    const strange = strangeAt(bytes, start)
    examiner.claim(0, start, 'header')
    if (strange === null) {
      examiner.claim(start, bytes.size, 'weights')
      const numbers = { dtype: 'F32', stored: 'float', shape: [Math.floor((bytes.size - start) / 4)] } as const
      return examiner.tensor({ name: 'weights', ...numbers, start, bytes: sliceOf(bytes, start, bytes.size) })
    }
    examiner.claim(start, strange, 'weights')
    const reason = 'Here are numbers that are no weights of a network.'
    examiner.unread({ start: strange, end: bytes.size, reason })
  },
})

/** Where the first number stands that is no weight: of no finite size, far too large, or so small that none is meant. */
function strangeAt(bytes: Bytes, start: number): number | null {
  for (let from = start; from < bytes.size; from += chunk) {
    const piece = bytes.read(from, Math.min(bytes.size, from + chunk))
    const view = new DataView(piece.buffer, piece.byteOffset, piece.length)
    for (let k = 0; k + 4 <= piece.length; k += 4) {
      const size = Math.abs(view.getFloat32(k, true))
      if (!(size < largest) || (size > 0 && size < 1e-37)) return from + k
    }
  }
  return null
}
