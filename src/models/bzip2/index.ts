import { modelFormat } from '../../core/index.ts'
import { readStreams, startsWith } from '../streams.ts'

const magic = [0x42, 0x5a, 0x68]

/** Files packed by bzip2, also several streams one after another. */
export default modelFormat({
  id: 'bzip2',
  title: 'bzip2 file',
  extensions: ['.bz2', '.pkl', '.joblib'],
  common: true,
  sniff(head) {
    if (!magic.every((b, k) => head[k] === b)) return 0
    const blocks = Buffer.from(head.subarray(4, 10)).toString('hex')
    return blocks === '314159265359' || blocks === '177245385090' ? 3 : 0
  },
  read: (bytes, examiner) =>
    readStreams(bytes, examiner, {
      codec: 'bzip2',
      as: 'bzip2 stream',
      begins: (from, at) => (startsWith(from, at, magic) ? 0 : null),
    }),
})
