import { modelFormat } from '../../core/index.ts'
import { readStreams } from '../streams.ts'

/** The old `.lzma` files, which have no magic: coder properties, dictionary size, length, data that begins with 0. */
export default modelFormat({
  id: 'lzma',
  title: 'lzma file',
  extensions: ['.lzma', '.pkl', '.joblib'],
  common: true,
  sniff(head) {
    if (head.length < 18 || head[0]! >= 225 || head[13] !== 0) return 0
    const view = new DataView(head.buffer, head.byteOffset, 13)
    const dictionary = view.getUint32(1, true)
    if (dictionary < 4096 || !usual(dictionary)) return 0
    const size = view.getBigUint64(5, true)
    if (size === 0xffff_ffff_ffff_ffffn) return 3
    return head[0] === 0x5d && dictionary >= 65_536 && size < 2n ** 38n ? 2 : 0
  },
  read: (bytes, examiner) =>
    readStreams(bytes, examiner, { codec: 'lzma', as: 'lzma stream', begins: (_, at) => (at === 0 ? 0 : null) }),
})

/** Writers use 2^n and 2^n + 2^(n-1). */
const usual = (size: number): boolean => {
  const top = 2 ** Math.floor(Math.log2(size))
  return size === top || size === top * 1.5 || size === 0xffffffff
}
