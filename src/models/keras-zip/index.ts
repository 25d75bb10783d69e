import { type Member, modelFormat } from '../../core/index.ts'
import { Malformed } from '../cursor.ts'
import { asUtf8, isObject, readJson, valuesOf } from '../json-tree.ts'
import { readAsKeras } from '../keras-members.ts'

const config = /(^|\/)config\.json$/
const metadata = /(^|\/)metadata\.json$/
const weights = /(^|\/)model\.weights\.(h5|npz|json)$/
/** Longer metadata is none: Keras writes two versions and a date. */
const mostMetadata = 1 << 20

/** A `.keras` archive: configuration, metadata and weights in a zip. */
export default modelFormat({
  id: 'keras-zip',
  title: 'Keras archive',
  extensions: ['.keras'],
  sniff: () => 0,
  async layout({ format, members }, examiner) {
    if (format !== 'zip') return
    const configs = members.filter(member => config.test(member.name))
    const isKeras = members.some(member => metadata.test(member.name) || weights.test(member.name))
    if (configs.length === 0 || !isKeras) return
    examiner.fact('layout', 'Keras archive')
    await readAsKeras(configs, examiner)
    for (const member of members) if (metadata.test(member.name)) examiner.fact('keras_version', versionIn(member))
  },
})

/** What the archive says of its version: a fact for people, never a reason to trust it. */
function versionIn({ bytes }: Member): string {
  try {
    const { root } = readJson(asUtf8(new Uint8Array(bytes.read(0, Math.min(bytes.size, mostMetadata)))))
    return isObject(root) ? String(valuesOf(root, 'keras_version').at(-1) ?? 'not stated') : 'not stated'
  } catch (reason) {
    if (reason instanceof Malformed) return 'unreadable'
    throw reason
  }
}
