import { type Act, type Bytes, type Examiner, modelFormat } from '../../core/index.ts'
import { utf8 } from '../cursor.ts'
import { asUtf8 } from '../json-tree.ts'
import { isPlainText } from '../plain-text.ts'
import { everySetting, textOf } from '../settings.ts'
import { settingActs } from '../settings-acts.ts'
import { sayTemplates } from '../settings-templates.ts'
import { scannedTags, tagActs } from '../yaml-tags.ts'
import { looksLikeYaml } from './sniff.ts'
import { type Thinned, thinned } from './thin.ts'
import { beyond, isDeep, readYaml, type YamlText } from './tree.ts'

/** Longer texts are vocabularies; only their tags and keys are looked for. */
const mostParsed = 64 << 10
const mostBytes = 64 << 20
/** Keys and marks for which a long text must be understood. */
const telling =
  /_target_|auto_map|loader_module|class_path|trust_remote_code|custom_pipeline|\btarget:|<<:|[{]%|"[^"\n]*\\[xuU][^"\n]*"\s*:/

/** Configurations: data, the objects that tags make of it, and what loaders import because the data says so. */
export default modelFormat({
  id: 'yaml',
  title: 'YAML',
  extensions: ['.yaml', '.yml'],
  common: true,
  sniff: (head, _tail, name) => {
    if (!isPlainText(head)) return 0
    const text = utf8(asUtf8(head))
    if (/^\s*[{[]\s*["{[\]}]/.test(text)) return 0
    return looksLikeYaml(text) || /\.ya?ml$/i.test(name) ? 2 : 0
  },
  read(bytes, examiner) {
    if (bytes.size > mostBytes)
      return examiner.unread({ start: 0, end: bytes.size, reason: `YAML of more than ${mostBytes} bytes is not read.` })
    const text = utf8(asUtf8(new Uint8Array(bytes.read(0, bytes.size))))
    if (isPlainText(Buffer.from(text))) examiner.claim(0, bytes.size, 'YAML')
    const thin = thinned(text)
    if (thin.text.length > mostParsed) readLong(text, bytes, examiner)
    else readWhole(thin, text, bytes, examiner)
  },
})

function readLong(text: string, bytes: Bytes, examiner: Examiner): void {
  sayTags(tagActs(scannedTags(text)), bytes.size, examiner)
  if (isDeep(text)) sayTrouble({ trouble: beyond, bomb: false }, examiner)
  if (!telling.test(text)) return
  const reason = `YAML of more than ${mostParsed} characters of other than plain lists is not followed, and it names things that loaders act on.`
  examiner.note({ rule: 'yaml-too-long', severity: 'hold', text: reason })
}

function readWhole(thin: Thinned, text: string, bytes: Bytes, examiner: Examiner): void {
  const yaml = readYaml(thin.text)
  const inBytes = placesOf(text)
  const at = (place: number) => inBytes(thin.whole(place))
  sayTrouble(yaml, examiner)
  const tags = yaml.trouble === null ? yaml.tags : [...yaml.tags, ...scannedTags(thin.text)]
  sayTags(
    tagActs(tags).map(act => ({ ...act, offset: at(act.offset) })),
    bytes.size,
    examiner,
  )
  if (yaml.bomb) return
  for (const { setting } of everySetting(yaml.roots)) if (setting.end < setting.start) setting.end = setting.start
  const { acts, more } = settingActs(yaml.roots)
  const incomplete = more ? { incomplete: 'It names more than 20,000 things.' } : {}
  const placed = acts.map(act => ({ ...act, offset: at(act.offset) }))
  if (acts.length > 0)
    examiner.program({
      language: 'config',
      start: 0,
      end: bytes.size,
      acts: placed,
      title: 'configuration',
      ...incomplete,
    })
  sayTemplates(yaml.roots, examiner)
  for (const { setting, key } of everySetting(yaml.roots)) {
    const value = textOf(setting)
    if (key === 'loader_module' && value !== null) examiner.fact(key, value)
  }
}

function sayTrouble({ trouble, bomb }: Pick<YamlText, 'trouble' | 'bomb'>, examiner: Examiner): void {
  if (bomb) {
    const text = 'Aliases of aliases make it grow beyond 200,000 values: an alias bomb.'
    examiner.note({ rule: 'yaml-alias-bomb', severity: 'hold', text })
  }
  if (trouble !== null)
    examiner.note({ rule: 'yaml-malformed', severity: 'hold', text: `Malformed YAML: ${JSON.stringify(trouble)}.` })
}

function sayTags(acts: readonly Act[], end: number, examiner: Examiner): void {
  if (acts.length > 0) examiner.program({ language: 'yaml', start: 0, end, acts, title: 'tags' })
}

/** From places in characters to places in bytes. */
function placesOf(text: string): (at: number) => number {
  if (Buffer.byteLength(text) === text.length) return at => at
  const places = new Uint32Array(text.length + 1)
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k)
    places[k + 1] = places[k]! + (unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit < 0xe000 ? 2 : 3)
  }
  return at => places[Math.min(at, text.length)]!
}
