import { modelFormat } from '../../core/index.ts'
import { readStreams, startsWith } from '../streams.ts'

const magic = [0x28, 0xb5, 0x2f, 0xfd]

/** Files packed by Zstandard, also several frames. Skippable frames are not understood: they could hold anything. */
export default modelFormat({
  id: 'zstd',
  title: 'Zstandard file',
  extensions: ['.zst', '.zstd', '.pkl', '.joblib'],
  common: true,
  sniff: head => (magic.every((b, k) => head[k] === b) ? 3 : 0),
  read: (bytes, examiner) =>
    readStreams(bytes, examiner, {
      codec: 'zstd',
      as: 'Zstandard frame',
      begins: (from, at) => (startsWith(from, at, magic) ? 0 : null),
    }),
})
