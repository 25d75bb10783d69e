import { format, type Limits, type ReadRequest, type RecordBatch, type Source } from '../../core/index.ts'
import { Broken, isText, utf8Head, utf8Of } from '../../sources/index.ts'
import { RowBatches } from '../row-batches.ts'
import { Dump } from './dump.ts'
import { columns } from './revision.ts'

/** Characters given to the parser at once. */
const stepCharacters = 1 << 20

/** MediaWiki XML exports: full history, current articles, or stubs without texts. */
export default format({
  id: 'mediawiki',
  title: 'MediaWiki XML export',
  extensions: ['.xml'],
  access: 'stream',
  sniff(head) {
    if (!isText(head)) return 0
    const text = utf8Head(head.subarray(0, 4096)).toString('utf8')
    return /^\s*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)*<mediawiki[\s>]/.test(text) ? 3 : 0
  },
  async open(source, limits) {
    return {
      columns: [...columns].slice(0, limits.columns),
      roles: { item: 'page', id: 'revision', time: 'time', actor: 'actor', digest: 'sha1', text: 'text' },
      records: request => recordsOf(source, limits, request),
    }
  },
})

async function* recordsOf(source: Source, limits: Limits, request: ReadRequest): AsyncGenerator<RecordBatch> {
  const dump = new Dump(limits)
  const batches = new RowBatches(columns, request)
  let record = 0
  function* drained(): Generator<RecordBatch> {
    for (const { row, size, defects } of dump.found.splice(0)) {
      for (const defect of defects) batches.note({ record, ...defect })
      const full = row && batches.add(record, row, size)
      if (full) yield full
      if (row || defects.some(defect => defect.lost)) record++
    }
  }
  const decoder = new TextDecoder()
  try {
    for await (const chunk of utf8Of(source))
      for (let at = 0; at < chunk.length; at += stepCharacters) {
        dump.write(decoder.decode(chunk.subarray(at, at + stepCharacters), { stream: true }))
        yield* drained()
      }
    dump.write(decoder.decode())
    dump.end()
    yield* drained()
  } catch (reason) {
    if (!(reason instanceof Broken)) throw reason
    dump.write(decoder.decode())
    yield* drained()
    batches.note({ record, kind: reason.kind, message: `Reading ended here: ${reason.message}.`, lost: true })
  }
  const last = batches.finish()
  if (last) yield last
}
