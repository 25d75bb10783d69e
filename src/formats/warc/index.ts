import { format } from '../../core/index.ts'
import { openCrawl } from '../crawl.ts'

/** Web archives of ISO 28500: one row for each record, with the text of pages and their digests. */
export default format({
  id: 'warc',
  title: 'WARC',
  extensions: ['.warc'],
  access: 'stream',
  sniff: head => (/^(\r?\n)*WARC\/\d\.\d{1,2}\r?\n/.test(Buffer.from(head.subarray(0, 32)).toString('latin1')) ? 3 : 0),
  open: async (source, limits) => openCrawl(source, limits),
})
