import { modelFormat } from '../../core/index.ts'
import { isText } from '../../sources/index.ts'

/** Prose, vocabularies and word lists: nothing in them is run. */
export default modelFormat({
  id: 'text',
  title: 'plain text',
  extensions: ['.txt', '.md'],
  common: true,
  sniff: (head, _tail, name) => (isText(head) ? (/(\.(txt|md|rst)|readme|license)$/i.test(name) ? 2 : 1) : 0),
  read: (bytes, examiner) => examiner.claim(0, bytes.size, 'text'),
})
