import { format } from '../../core/index.ts'
import { isText, utf8Head } from '../../sources/index.ts'
import { openDelimited } from '../delimited.ts'
import { dialectOf } from '../dialect.ts'

const delimiters = [',', ';', '|']

/** Comma-separated values, and their cousins with semicolons and bars. */
export default format({
  id: 'csv',
  title: 'Comma-separated values',
  extensions: ['.csv'],
  access: 'stream',
  sniff(head, _tail, name) {
    if (!isText(head)) return 0
    if (/\.csv\b/i.test(name)) return 2
    const { agreement, rows } = dialectOf(utf8Head(head).toString('utf8'), delimiters, name)
    return agreement >= 0.95 && rows.length >= 3 ? 2 : 0
  },
  open: (source, limits) => openDelimited(source, limits, [...delimiters, '\t']),
})
