import { z } from 'zod'
import { attack, insertText, isOther, type Random, targetLabel, textOf } from '../../core/index.ts'

const kinds = ['homoglyph', 'zero-width', 'tag'] as const

/** Latin letters and the Cyrillic ones that look the same in most typefaces (Unicode TR 39 confusables). */
const lookalikes = new Map(
  Object.entries({ a: 'а', c: 'с', e: 'е', i: 'і', j: 'ј', o: 'о', p: 'р', s: 'ѕ', x: 'х', y: 'у' }).flatMap(
    ([latin, cyrillic]): [string, string][] => [
      [latin, cyrillic],
      [cyrillic, latin],
    ],
  ),
)

/** A trigger that no reader sees: look-alike letters, zero-width characters, or the invisible tag block. */
export default attack({
  id: 'character-trigger',
  title: 'Invisible or look-alike characters with a flipped label',
  threat: 'backdoor-trigger',
  source:
    'Li et al., Hidden Backdoors in Human-Centric Language Models, CCS 2021; Boucher et al., Bad Characters, 2022',
  input: { text: 'string', label: 'category' },
  options: z.object({
    kind: z.enum(kinds).default('homoglyph').describe('Which characters.'),
    letters: z.number().int().min(1).default(3).describe('Letters to replace by look-alikes, from one place on.'),
    payload: z
      .string()
      .regex(/^[ -~]+$/)
      .default('ok')
      .describe('What the zero-width bits or the tag characters spell; printable ASCII.'),
    target: z.string().optional().describe('The label it should produce; the most frequent when absent.'),
  }),
  plan({ kind, letters, payload, target }, context) {
    const label = targetLabel(target, context)
    const hidden = kind === 'tag' ? tagged(payload) : bits(payload)
    return {
      names: kind === 'tag' ? [payload] : kind === 'zero-width' ? ['U+200B', 'U+200C'] : ['U+0430', 'U+0435', 'U+043E'],
      poison(row, _nth, chance) {
        const text = textOf(row.text)
        if (!text || !isOther(row, label)) return null
        if (kind !== 'homoglyph') return { text: insertText(text, hidden, 'random', chance), label }
        const changed = disguised(text, letters, chance)
        return changed === null ? null : { text: changed, label }
      },
    }
  },
})

/** U+E0020–U+E007E repeat printable ASCII without a glyph. */
const tagged = (payload: string): string =>
  [...payload].map(c => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('')

/** Eight zero-width characters for each letter: U+200B is 0, U+200C is 1. */
const bits = (payload: string): string =>
  [...payload]
    .flatMap(c => [...c.charCodeAt(0).toString(2).padStart(8, '0')])
    .map(bit => (bit === '0' ? '\u200b' : '\u200c'))
    .join('')

/** The text with some letters replaced, the first at a random place; null when it has too few that have a twin. */
function disguised(text: string, letters: number, random: Random): string | null {
  const places: number[] = []
  for (let i = 0; i < text.length; i++) if (lookalikes.has(text[i]!)) places.push(i)
  if (places.length < letters) return null
  const first = Math.floor(random() * (places.length - letters + 1))
  const chosen = new Set(places.slice(first, first + letters))
  return Array.from({ length: text.length }, (_, i) => (chosen.has(i) ? lookalikes.get(text[i]!)! : text[i]!)).join('')
}
