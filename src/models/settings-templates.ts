import type { Examiner } from '../core/index.ts'
import { everySetting, type Setting, type Standing, textOf, under } from './settings.ts'

const mostSource = 1 << 20
const mostTemplates = 1000
const statement = /\{%-?\s*(?:for|if|set|macro|block|include|import|from|extends|with|call|filter|raw|do|generation)\b/

/** Says each template of a configuration as a program: engines look them up by many keys, and by names in lists. */
export function sayTemplates(roots: readonly Setting[], examiner: Examiner): void {
  let found = 0
  for (const standing of everySetting(roots)) {
    const source = textOf(standing.setting)
    if (source === null || !isTemplate(standing, source)) continue
    if (++found > mostTemplates) {
      const text = `There are more than ${mostTemplates} templates; the rest was not read.`
      examiner.note({ rule: 'config-too-many-templates', severity: 'hold', text })
      return
    }
    const { start, end } = standing.setting
    const cut = source.length > mostSource
    examiner.program({
      language: 'jinja',
      start,
      end,
      acts: [],
      source: source.slice(0, mostSource),
      title: titleOf(standing),
      ...(cut ? { incomplete: `The template is ${source.length} characters long; ${mostSource} were read.` } : {}),
    })
  }
}

/** Whatever stands under a key of templates and has their marks; elsewhere whatever has a statement of theirs. */
function isTemplate({ path, key }: Standing, text: string): boolean {
  if (!/\{[{%#]/.test(text)) return false
  if (path.includes('cells') || path.includes('widget')) return false
  if (path.some(part => /template/i.test(part)) || key === 'template') return true
  return (
    /\{%-?\s*end(?:for|if)\b/.test(text) &&
    text.includes('{{') &&
    statement.test(text) &&
    /\b(message|messages|role|content|bos_token|add_generation_prompt)\b|__/.test(text)
  )
}

/** `chat_template.tool_use` for the template that a list names `tool_use`. */
function titleOf({ key, outer, path }: Standing): string {
  const name = outer && key === 'template' ? textOf(under(outer, 'name')[0]) : null
  if (name !== null) return [...path.slice(0, -2), name].join('.').slice(0, 200)
  return path.join('.').slice(0, 200)
}
