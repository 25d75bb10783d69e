import { format } from '../../core/index.ts'
import { isText, utf8Head } from '../../sources/index.ts'
import { openDelimited } from '../delimited.ts'
import { dialectOf } from '../dialect.ts'

/** Tab-separated values. */
export default format({
  id: 'tsv',
  title: 'Tab-separated values',
  extensions: ['.tsv', '.tab'],
  access: 'stream',
  sniff(head, _tail, name) {
    if (!isText(head)) return 0
    if (/\.(tsv|tab)\b/i.test(name)) return 2
    const { agreement, rows } = dialectOf(utf8Head(head).toString('utf8'), ['\t'], name)
    return agreement >= 0.9 && rows.length >= 2 ? 2 : 0
  },
  open: (source, limits) => openDelimited(source, limits, ['\t', ',', ';', '|']),
})
