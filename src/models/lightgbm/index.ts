import { type Bytes, type Examiner, modelFormat, sliceOf } from '../../core/index.ts'
import { quoted, utf8 } from '../cursor.ts'

/** Text is read in pieces; a line of a tree is at most some 10 MB. */
const piece = 4 << 20
const mostLine = 64 << 20
const mostOddLines = 20
/** A setting, a comment, the head of a part, or nothing. */
const lawful =
  /^(tree$|[\w.]+=|\[[\w.]+: .*\]$|\[[\w.]+:\s*\]?$|parameters:$|end of (trees|parameters)$|feature[ _]importances:$|pandas_categorical:|cat_|loaded_parameters|average_output$|monotone_constraints|.+=\d+$|\s*$)/

/** LightGBM's trees as text: settings and numbers alone. */
export default modelFormat({
  id: 'lightgbm',
  title: 'LightGBM text',
  extensions: ['.txt', '.lgb'],
  sniff: head => (head[0] === 0x74 && /^tree\r?\nversion=v\d/.test(utf8(head.subarray(0, 40))) ? 3 : 0),
  async read(bytes, examiner) {
    const lines = new Lines(bytes)
    let [odd, trees, ended, at] = [0, 0, false, 0]
    for (let line = lines.next(); line !== null; line = lines.next()) {
      if (line.startsWith('Tree=')) trees++
      if (line.startsWith('end of trees')) ended = true
      if (!lawful.test(line) && ++odd <= mostOddLines) oddLine(line, at, lines.at, examiner)
      at = lines.at
      if (line.startsWith('pandas_categorical:')) break
    }
    examiner.claim(0, at, 'trees')
    examiner.fact('trees', trees)
    const rule = 'lightgbm-truncated'
    if (!ended) examiner.note({ rule, severity: 'hold', text: 'Malformed: the trees have no end.', start: at })
    if (at < bytes.size) await tail(bytes, at, examiner)
  },
})

function oddLine(line: string, start: number, end: number, examiner: Examiner): void {
  const text = `The line ${quoted(line)} is none that LightGBM writes.`
  examiner.note({ rule: 'lightgbm-odd-line', severity: 'hold', text, start, end })
}

async function tail(bytes: Bytes, start: number, examiner: Examiner): Promise<void> {
  const isBlank = /^\s*$/.test(utf8(bytes.read(start, Math.min(bytes.size, start + 4096))))
  examiner.claim(start, bytes.size, 'tail')
  if (isBlank && bytes.size - start <= 4096) return
  const text = `${bytes.size - start} bytes stand behind the model.`
  examiner.note({ rule: 'lightgbm-tail', severity: 'hold', text, start, end: bytes.size })
  await examiner.member(`tail@${start}`, sliceOf(bytes, start, bytes.size), { start, end: bytes.size })
}

/** Lines of a text of any size. */
class Lines {
  private readonly bytes: Bytes
  private held: Uint8Array = new Uint8Array(0)
  private from = 0
  /** Behind the last line. */
  at = 0

  constructor(bytes: Bytes) {
    this.bytes = bytes
  }

  next(): string | null {
    if (this.at >= this.bytes.size) return null
    let stop = this.find()
    for (let size = piece; stop < 0 && this.from + this.held.length < this.bytes.size && size <= mostLine; size *= 2) {
      this.held = new Uint8Array(this.bytes.read(this.at, this.at + size))
      this.from = this.at
      stop = this.find()
    }
    const end = stop < 0 ? this.from + this.held.length : stop + 1
    const line = utf8(this.held.subarray(this.at - this.from, Math.min(end - this.from, this.at - this.from + 4096)))
    this.at = end
    return line.replace(/\r?\n$/, '')
  }

  private find(): number {
    const found = this.held.indexOf(10, this.at - this.from)
    return this.at < this.from || found < 0 ? -1 : this.from + found
  }
}
