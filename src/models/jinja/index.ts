import { modelFormat } from '../../core/index.ts'
import { utf8 } from '../cursor.ts'
import { isPlainText } from '../plain-text.ts'

const mostSource = 1 << 20
const statement =
  /\{%[-+]?\s*(?:for|if|set|macro|block|include|import|from|extends|with|call|filter|raw|do|generation|end\w+)\b/
/** Templates of Go, which Ollama uses: `{{ .Prompt }}`, `{{- range .Messages }}`. */
const go = /\{\{-?\s*(?:\.[A-Z$]|range\b|if\s+[.(]|end\b|template\b|\$)/

/** A chat template in a file of its own. An engine runs it for each conversation. */
export default modelFormat({
  id: 'jinja',
  title: 'Jinja template',
  extensions: ['.jinja', '.jinja2', '.j2'],
  sniff: (head, _tail, name) => {
    if (!isPlainText(head)) return 0
    const text = utf8(head)
    if (/\.(jinja2?|j2)$/i.test(name)) return 2
    if (go.test(text) && !statement.test(text)) return 0
    // A page that shows a template in its prose is a page.
    if (/^(?:---\r?\n|# |<!DOCTYPE|<html)/i.test(text)) return 0
    return statement.test(text) || /^\s*\{\{[^}]*\}\}/.test(text) ? 2 : 0
  },
  read(bytes, examiner) {
    const whole = new Uint8Array(bytes.read(0, Math.min(bytes.size, 16 << 20)))
    if (isPlainText(whole)) examiner.claim(0, whole.length, 'template')
    const cut = bytes.size > mostSource ? { incomplete: `Only the first ${mostSource} bytes were read.` } : {}
    const title = /tool/i.test(examiner.path) ? 'chat_template.tool_use' : 'chat_template'
    const source = utf8(whole.subarray(0, mostSource))
    examiner.program({ language: 'jinja', start: 0, end: bytes.size, acts: [], source, title, ...cut })
  },
})
