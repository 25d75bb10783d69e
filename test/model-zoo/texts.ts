import type { Sample } from './sample.ts'
import { configurationSamples } from './texts/configurations.ts'
import { honestFiles } from './texts/honest-files.ts'
import { backdoors, type HostileTemplate, injections } from './texts/hostile-templates.ts'
import { disguises } from './texts/near-misses.ts'
import { gguf, json, text } from './texts/write.ts'

/** Where a template may stand; each hostile one stands in one of these places in turn. */
const places: readonly ((source: string) => Sample['files'])[] = [
  source => ({ 'chat_template.jinja': text(source) }),
  source => ({ 'tokenizer_config.json': json({ tokenizer_class: 'X', chat_template: source }) }),
  source => ({ 'tokenizer_config.json': json({ chat_template: [{ name: 'tool_use', template: source }] }) }),
  source => ({ 'model.gguf': gguf({ 'general.architecture': 'llama', 'tokenizer.chat_template': source }) }),
  source => ({ 'model.gguf': gguf({ 'tokenizer.chat_template': 'x', 'tokenizer.chat_template.rag': source }) }),
  source => ({ 'processor_config.json': json({ chat_template: source }) }),
  source => ({ 'additional_chat_templates/rag.jinja': text(source) }),
]

const placed = ({ name, class: kind, source, verdict, names }: HostileTemplate, k: number): Sample => ({
  name: `template-${name}`,
  class: kind,
  // A template that cannot be parsed has no mark of one, save for where it stands.
  files: places[k % places.length]!(source),
  verdict,
  names,
})

/** Configurations, tags, templates and sources beside a model. */
export const texts: readonly Sample[] = [
  ...[...injections, ...backdoors, ...disguises].map(placed),
  ...configurationSamples,
  ...honestFiles,
]
