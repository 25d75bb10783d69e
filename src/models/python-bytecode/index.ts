import { modelFormat } from '../../core/index.ts'
import { ActList } from '../acts.ts'

/** Headers of compiled files, by how long versions of Python made them. */
const headers = [16, 12, 8]
/** A code object, with and without the mark that it is referred to again. */
const codeObjects = new Set([0xe3, 0x63])
/** Arguments, local names and stack of one function; real ones are far below. */
const mostCount = 10_000

/** Compiled Python: a `.pyc`, or a code object as `marshal` writes it. Whoever loads it runs it. */
export default modelFormat({
  id: 'python-bytecode',
  title: 'Compiled Python',
  extensions: ['.pyc', '.pyo'],
  sniff: (head, _tail, _name, size) => (headerOf(head) !== null ? 3 : size > 40 && isCode(head, 0) ? 2 : 0),

  read(bytes, examiner) {
    const head = bytes.read(0, 64).slice()
    const start = headerOf(head) ?? 0
    const acts = new ActList()
    acts.add('call', 'marshal', 'loads', start > 0 ? 'compiled file' : 'code object', start)
    examiner.claim(0, start, 'header')
    examiner.claim(start, bytes.size, 'bytecode')
    examiner.program({ language: 'marshal', start, end: bytes.size, acts: acts.all() })
  },
})

/** The length of the header of a compiled file: its version ends in a line end, so that no text is one. */
function headerOf(head: Uint8Array): number | null {
  if (head[2] !== 0x0d || head[3] !== 0x0a) return null
  return headers.find(length => isCode(head, length)) ?? null
}

/** Four to six counts follow the mark of a code object; they are small. */
function isCode(head: Uint8Array, at: number): boolean {
  if (!codeObjects.has(head[at]!) || head.length < at + 17) return false
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  return [1, 5, 9, 13].every(k => view.getUint32(at + k, true) < mostCount)
}
