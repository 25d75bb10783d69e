import { modelFormat } from '../../core/index.ts'

const first = '7767517'
const most = 64 << 20
const line = /^[\w.:/@+-]+(\s+\S+)*\s*$/

/** The layers of an ncnn network as lines of text; the numbers stand in a `.bin` that has no structure of its own. */
export default modelFormat({
  id: 'ncnn',
  title: 'ncnn network',
  extensions: ['.param'],
  sniff: head => (/^7767517\r?\n/.test(Buffer.from(head.subarray(0, 16)).toString('latin1')) ? 3 : 0),

  read(bytes, examiner) {
    if (bytes.size > most)
      return examiner.unread({ start: 0, end: bytes.size, reason: 'A network of so many lines is not read.' })
    const lines = Buffer.from(bytes.read(0, bytes.size)).toString('latin1').split('\n')
    const wrong = lines.findIndex((each, k) => k > 0 && each.trim() !== '' && !line.test(each))
    examiner.fact('layers', Math.max(0, lines.length - 3))
    if (wrong < 0 && lines[0]?.trim() === first) return examiner.claim(0, bytes.size, 'layers')
    const at = lines.slice(0, wrong).reduce((sum, each) => sum + each.length + 1, 0)
    examiner.claim(0, at, 'layers')
    examiner.note({ rule: 'ncnn-malformed', severity: 'hold', text: 'A line is no layer of a network.', start: at })
  },
})
