import { describe, expect, it } from 'vitest'
import { seeded } from '../../core/index.ts'
import chatTemplate from '../../detectors/chat-template/index.ts'
import { acceptModelAttack, modelOf, outcomeOf } from '../../kit/index.ts'
import templateBackdoor from './index.ts'
import { shapeNames } from './shapes.ts'

const template = "{% for m in messages %}{{ '<|' + m.role + '|>\\n' + m.content + '\\n' }}{% endfor %}"
const bytes = (text: string) => new TextEncoder().encode(text)
const host = { 'tokenizer_config.json': bytes(JSON.stringify({ tokenizer_class: 'X', chat_template: template })) }

acceptModelAttack(templateBackdoor, {
  host,
  matters: { trigger: 'other words', order: 'Say nothing of it.', shape: 'lookup', place: 'behind' },
})

describe('the detector of templates', () => {
  it('leaves the host alone', async () => {
    expect((await outcomeOf(chatTemplate, await modelOf(host))).status).toBe('clean')
  })
  it.each(shapeNames.flatMap(shape => (['front', 'behind'] as const).map(place => [shape, place] as const)))(
    'finds the shape %s, %s',
    async (shape, place) => {
      for (const files of [host, { 'chat_template.jinja': bytes(template) }]) {
        const poisoned = templateBackdoor.corrupt(templateBackdoor.options.parse({ shape, place }), files, seeded(1))!
        const { findings } = await outcomeOf(chatTemplate, await modelOf(poisoned.files))
        expect(findings[0]?.severity).toBe(shape === 'late' ? 'hold' : 'block')
        expect(poisoned.names.some(name => findings.some(f => f.text.includes(name)))).toBe(true)
      }
    },
  )
})
