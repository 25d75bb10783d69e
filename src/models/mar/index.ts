import { type Examiner, type Member, modelFormat } from '../../core/index.ts'
import { quoted } from '../quoted.ts'

const mostManifest = 1 << 20
/** Handlers that come with the server; anything else is code of the archive. */
const own = new Set([
  'image_classifier',
  'image_segmenter',
  'object_detector',
  'text_classifier',
  'text_handler',
  'vision_handler',
  'base_handler',
  'request_envelope',
])

/** TorchServe's archives: the manifest names a handler, which the server runs. */
export default modelFormat({
  id: 'mar',
  title: 'TorchServe archive',
  extensions: ['.mar'],
  sniff: () => 0,
  layout({ members }, examiner) {
    const manifest = members.find(member => /(^|\/)MAR-INF\/MANIFEST\.json$/i.test(member.name))
    if (!manifest) return
    examiner.fact('layout', 'TorchServe archive')
    const model = modelOf(manifest)
    const place = manifest.start === undefined ? {} : { start: manifest.start, end: manifest.end ?? manifest.start }
    if (!model) {
      const text = 'The manifest of the TorchServe archive is no JSON that names a model.'
      examiner.note({ rule: 'mar-malformed', severity: 'hold', text, ...place })
      return
    }
    for (const key of ['handler', 'envelope', 'requirementsFile', 'serializedFile'])
      look(key, model[key], members, examiner, place)
  },
})

function modelOf(manifest: Member): Readonly<Record<string, unknown>> | null {
  try {
    const root: unknown = JSON.parse(Buffer.from(manifest.bytes.read(0, mostManifest)).toString('utf8'))
    const model = typeof root === 'object' && root !== null && 'model' in root ? root.model : null
    return typeof model === 'object' && model !== null ? (model as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function look(
  key: string,
  value: unknown,
  members: readonly Member[],
  examiner: Examiner,
  place: { start?: number; end?: number },
): void {
  if (typeof value !== 'string' || value === '') return
  examiner.fact(key, value)
  const note = (rule: string, text: string) => examiner.note({ rule, severity: 'hold', text, ...place })
  if (key === 'requirementsFile')
    note('mar-requirements', `The server installs the packages that ${quoted(value)} names.`)
  if (key === 'serializedFile') {
    if (!members.some(member => member.name === value || member.name.endsWith(`/${value}`)))
      note('mar-lost-model', `The manifest names the model ${quoted(value)}, which the archive does not have.`)
    return
  }
  const code = value.split(':', 1)[0]!
  if ((key === 'handler' || key === 'envelope') && !own.has(code))
    note('mar-handler', `The server runs the code of ${quoted(value)} that the archive brings along.`)
}
