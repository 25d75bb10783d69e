import { type Bytes, type Examiner, modelFormat } from '../../core/index.ts'
import { Malformed, quoted, utf8 } from '../cursor.ts'
import { firstLetterIs } from '../first-letter.ts'
import { asUtf8 } from '../json-tree.ts'
import { everySetting, type Setting, textOf } from '../settings.ts'
import { settingActs } from '../settings-acts.ts'
import { sayTemplates } from '../settings-templates.ts'
import { scannedTags, tagActs } from '../yaml-tags.ts'
import { JsonReader } from './reader.ts'
import { isExplosive } from './regex.ts'

/** Configurations and tokenizers are small; 128 MiB of JSON takes half a gigabyte to read. */
const mostBytes = 128 << 20
const mostTagged = 4 << 20

/**
 * Configurations, tokenizers, indexes and notebooks: data, and what loaders import because the data says so. Chat
 * templates in them are programs of their own.
 */
export default modelFormat({
  id: 'json',
  title: 'JSON',
  extensions: ['.json', '.jsonl', '.ipynb'],
  common: true,
  sniff: head => (looksLikeJson(head) ? 2 : 0),
  read(bytes, examiner) {
    if (bytes.size > mostBytes)
      return examiner.unread({ start: 0, end: bytes.size, reason: `JSON of more than ${mostBytes} bytes is not read.` })
    readText(bytes, examiner)
  },
})

/** An object that begins with a key or ends at once, or a list that begins with a value. */
function looksLikeJson(head: Uint8Array): boolean {
  if (!firstLetterIs('[{', head)) return false
  const start = Buffer.from(asUtf8(head.subarray(0, 4096))).toString('latin1')
  return /^\s*(\{\s*(["}/]|$)|\[\s*(["{}[\]/]|-?\d|(true|false|null|NaN)\b|$))/.test(start)
}

function readText(bytes: Bytes, examiner: Examiner): void {
  const data = asUtf8(new Uint8Array(bytes.read(0, bytes.size)))
  const shift = bytes.size > data.length && data.length > 0 && data.byteOffset > 0 ? data.byteOffset : 0
  const reader = new JsonReader(data)
  try {
    reader.read()
    examiner.claim(0, bytes.size, 'JSON')
    if (reader.lenient)
      examiner.note({
        rule: 'json-lenient',
        severity: 'info',
        text: 'It has comments or commas that strict readers refuse.',
      })
  } catch (reason) {
    if (!(reason instanceof Malformed)) throw reason
    const at = Math.min(reason.at + shift, bytes.size)
    examiner.note({ rule: 'json-malformed', severity: 'hold', text: `Malformed: ${reason.message}.`, start: at })
    if (reader.done > 0) examiner.claim(0, reader.done + shift, 'JSON')
    sayTags(data, bytes.size, examiner)
  }
  sayDoubled(reader, examiner)
  say(reader.roots, bytes.size, examiner)
}

/** What is no JSON may be YAML in brackets. */
function sayTags(data: Uint8Array, end: number, examiner: Examiner): void {
  const acts = tagActs(scannedTags(utf8(data.subarray(0, mostTagged)))).filter(act => act.kind !== 'unresolved')
  if (acts.length > 0) examiner.program({ language: 'yaml', start: 0, end, acts, title: 'tags' })
}

function sayDoubled({ doubled }: JsonReader, examiner: Examiner): void {
  for (const { key, at } of doubled) {
    const text = `The key ${quoted(key)} occurs twice in one object; readers disagree on which one counts.`
    examiner.note({ rule: 'json-duplicate-key', severity: 'hold', text, start: at })
  }
}

function say(roots: readonly Setting[], end: number, examiner: Examiner): void {
  const { acts, more } = settingActs(roots)
  const incomplete = more ? { incomplete: 'It names more than 20,000 things.' } : {}
  if (acts.length > 0)
    examiner.program({ language: 'config', start: 0, end, acts, title: 'configuration', ...incomplete })
  sayTemplates(roots, examiner)
  for (const { setting, key } of everySetting(roots)) {
    const text = textOf(setting)
    if (text === null) continue
    if (key === 'Regex' && isExplosive(text)) {
      const wrong = `The pattern ${quoted(text)} repeats what already repeats: some texts take for ever to match.`
      examiner.note({ rule: 'json-regex-bomb', severity: 'hold', text: wrong, start: setting.start, end: setting.end })
    }
    if (told.has(key)) examiner.fact(key, text)
  }
}

const told = new Set(['model_type', 'tokenizer_class', '_name_or_path', 'base_model_name_or_path', 'peft_type'])
