import { modelFormat } from '../../core/index.ts'
import { utf8 } from '../cursor.ts'
import { isPlainText } from '../plain-text.ts'
import { sourceActs } from './source.ts'

const mostSource = 1 << 20
const line =
  /^(?:import [\w.]+|from [\w.]+ import |(?:async )?def \w+\s*\(|class \w+\s*[(:]|@\w+|if __name__ ==|#!.*\bpython|# -\*- coding)/gm

/** Python beside a model. Nothing runs it by itself; a configuration may name it. */
export default modelFormat({
  id: 'python',
  title: 'Python source',
  extensions: ['.py', '.pyi'],
  common: true,
  sniff: (head, _tail, name) => {
    if (!isPlainText(head) || head[0] === 0x7b || head[0] === 0x5b) return 0
    const text = utf8(head.subarray(0, 16 << 10))
    if (/\.pyi?$/i.test(name)) return 2
    if (/^\s*(---|#+ |<|\{[{%#])/.test(text) && !/^#!/.test(text)) return 0
    return (text.match(line)?.length ?? 0) >= 2 ? 2 : 0
  },
  read(bytes, examiner) {
    const whole = new Uint8Array(bytes.read(0, Math.min(bytes.size, 16 << 20)))
    if (isPlainText(whole)) examiner.claim(0, whole.length, 'Python source')
    const source = utf8(whole.subarray(0, mostSource))
    const cut = bytes.size > mostSource ? { incomplete: `Only the first ${mostSource} bytes were looked at.` } : {}
    const { acts } = sourceActs(source)
    examiner.program({ language: 'python', start: 0, end: bytes.size, acts, source, title: 'source', ...cut })
  },
})
