import { type Cell, format } from '../../core/index.ts'
import { isText, utf8Head, utf8Of } from '../../sources/index.ts'
import { type Block, blocks } from '../blocks.ts'
import { cutsOf } from '../cuts.ts'
import { textsOf } from '../decode.ts'
import { lineCutter } from '../line-cutter.ts'

const sampleBytes = 1 << 20

/** Splits a line into label and text; null when the line has no label. */
type Split = (line: string) => readonly [label: string, text: string] | null

const fastText: Split = line => {
  const found = /^((?:__label__\S+[ \t]+)+)(.*)$/s.exec(line)
  return found && [found[1]!.trim().replaceAll('__label__', '').split(/\s+/).join(' '), found[2]!]
}
const leading: Split = line => {
  const space = line.search(/[ \t]/)
  return space < 1 ? null : [line.slice(0, space), line.slice(space + 1)]
}

/** A first word is a label when nearly every line has one and they are few: `0 some text`. */
function splitOf(lines: readonly string[]): Split | undefined {
  if (lines.length === 0) return undefined
  if (lines.filter(line => line.startsWith('__label__')).length * 2 > lines.length) return fastText
  const firsts = lines.map(line => leading(line)?.[0] ?? '')
  const known = new Set(firsts)
  const terse = [...known].every(first => /^([-+]?\d{1,3}|[\p{L}_-]{1,20}:?)$/u.test(first))
  const few = known.size >= 2 && known.size <= 20 && known.size * 10 <= lines.length
  return terse && few ? leading : undefined
}

/** Plain text, one example a line; `label text` lines give two columns. */
export default format({
  id: 'lines',
  title: 'Text lines',
  extensions: ['.txt'],
  access: 'stream',
  sniff: (head, _tail, name) => {
    if (!isText(head)) return 0
    const found = splitOf(sampleOf(head))
    return found ? 2 : head.length > 0 || /\.txt\b/i.test(name) ? 1 : 0
  },
  async open(source, limits) {
    const split = splitOf(sampleOf(await source.read(0, sampleBytes)))
    const names = split ? ['label', 'text'] : ['text']
    const request = () => ({ cutter: lineCutter(), recordBytes: limits.recordBytes })
    return {
      columns: names,
      async *records({ columns: wanted = names, take, rowsPerBatch }) {
        for await (const block of blocks(utf8Of(source), { ...request(), take, rowsPerBatch }))
          yield batchOf(block, split, wanted)
      },
      cuts: drop => cutsOf(blocks(utf8Of(source), request()), drop),
    }
  },
})

function sampleOf(head: Uint8Array): string[] {
  const lines = utf8Head(head).toString('utf8').split(/\r?\n/, 2000)
  return (lines.length > 1 ? lines.slice(0, -1) : lines).filter(line => line.trim() !== '')
}

function batchOf(block: Block, split: Split | undefined, wanted: readonly string[]) {
  const defects = [...block.defects]
  const text = textsOf(block, defects)
  const columns = new Map<string, Cell[]>(wanted.map(name => [name, []]))
  for (let k = 0; k < block.size; k++) {
    const line = text(k)
    const found = split ? split(line) : (['', line] as const)
    if (!found) {
      const message = 'The line does not begin with a label, as the others do; it was read as text without one.'
      defects.push({ record: block.records[k]!, line: block.lines[k]!, kind: 'no-label', message, lost: false })
    }
    columns.get('label')?.push(found && split ? found[0] : null)
    columns.get('text')?.push(found ? found[1] : line)
  }
  return { index: block.index, size: block.size, records: block.records, columns, defects }
}
