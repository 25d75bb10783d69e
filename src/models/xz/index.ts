import { modelFormat } from '../../core/index.ts'
import { readStreams, startsWith, zerosAt } from '../streams.ts'

const magic = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]

/** Files packed by xz, also several streams with padding between. */
export default modelFormat({
  id: 'xz',
  title: 'xz file',
  extensions: ['.xz', '.pkl', '.joblib'],
  common: true,
  sniff: head => (magic.every((b, k) => head[k] === b) ? 3 : 0),
  read: (bytes, examiner) =>
    readStreams(bytes, examiner, {
      codec: 'xz',
      as: 'xz stream',
      begins: (from, at) => (startsWith(from, at, magic) ? 0 : null),
      // XZ file format, 2.2: padding comes in fours.
      padding: (from, at) => zerosAt(from, at) & ~3,
    }),
})
