import { modelFormat } from '../../core/index.ts'
import { readStreams, startsWith } from '../streams.ts'

const magic = [0x04, 0x22, 0x4d, 0x18]

/** Files packed by LZ4, also several frames one after another. */
export default modelFormat({
  id: 'lz4',
  title: 'LZ4 file',
  extensions: ['.lz4', '.pkl', '.joblib'],
  common: true,
  sniff: head => (magic.every((b, k) => head[k] === b) && (head[4] ?? 0) >> 6 === 1 ? 3 : 0),
  read: (bytes, examiner) =>
    readStreams(bytes, examiner, {
      codec: 'lz4',
      as: 'LZ4 frame',
      begins: (from, at) => (startsWith(from, at, magic) ? 0 : null),
    }),
})
