import { type Bytes, type Examiner, memoryBytes, modelFormat } from '../../core/index.ts'
import { orMalformed, quoted, utf8 } from '../cursor.ts'
import { firstLetterIs } from '../first-letter.ts'
import { asUtf8, readJson } from '../json-tree.ts'
import { readKeras } from '../keras-program.ts'

/** Configurations are some 100 KB; the largest known some 20 MB. */
const mostBytes = 64 << 20
/** Keys by which a loader decides what it runs. */
const deciding = new Set(['class_name', 'module', 'registered_name', 'config', 'function', 'function_type'])

/** The architecture of a Keras model as JSON: what the loader makes and calls. */
export default modelFormat({
  id: 'keras-config',
  title: 'Keras configuration',
  extensions: [],
  sniff(head) {
    if (!firstLetterIs('[{', head)) return 0
    const text = utf8(asUtf8(head)).trimStart()
    if (!/^[[{]/.test(text)) return 0
    const plain = text.replace(/\\u00([0-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    if (!/"class_name"\s*:/.test(plain)) return 0
    return /"(config|module|registered_name|keras_version)"\s*:/.test(plain) ? 3 : 1
  },
  async read(bytes, examiner) {
    await orMalformed(examiner, 'keras-config-malformed', () => readConfig(bytes, examiner))
  },
})

async function readConfig(bytes: Bytes, examiner: Examiner): Promise<void> {
  if (bytes.size > mostBytes)
    return examiner.unread({ start: 0, end: bytes.size, reason: `The configuration is ${bytes.size} bytes long.` })
  const stored = bytes.read(0, bytes.size)
  const data = asUtf8(new Uint8Array(stored))
  const { root, end } = readJson(data)
  const rest = data.subarray(end).some(byte => ![0, 9, 10, 13, 32].includes(byte))
  examiner.claim(0, rest ? end : bytes.size, 'configuration')
  const { program, packed, doubled } = readKeras(root, bytes.size)
  examiner.program(program)
  for (const { key, start, end: stop } of doubled.slice(0, 100)) {
    const text = `The configuration has the key ${quoted(key)} twice in one object; readers disagree on which one counts.`
    examiner.note({
      rule: 'keras-config-duplicate-key',
      severity: deciding.has(key) ? 'block' : 'hold',
      text,
      start,
      end: stop,
    })
  }
  for (const { offset, data: hidden } of packed)
    await examiner.member(`base64@${offset}`, memoryBytes(hidden), { start: offset, end: offset, again: true })
}
