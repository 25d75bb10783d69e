import { format } from '../../core/index.ts'
import { openCrawl } from '../crawl.ts'

const first = /^filedesc:\S+ \S+ \d{8,18} \S+ (\S+ \S+ \S+ \S+ \S+ )?-?\d+\r?\n/
const record = /^https?:\/\/\S+ \d+\.\d+\.\d+\.\d+ \d{14} \S+ (\S+ \S+ \S+ \S+ \S+ )?\d+\r?\n/

/** Web archives as the Internet Archive wrote them before WARC, versions 1 and 2. */
export default format({
  id: 'arc',
  title: 'ARC web archive',
  extensions: ['.arc'],
  access: 'stream',
  sniff(head) {
    const text = Buffer.from(head.subarray(0, 8192)).toString('latin1')
    return first.test(text) ? 3 : record.test(text) ? 2 : 0
  },
  open: async (source, limits) => openCrawl(source, limits),
})
