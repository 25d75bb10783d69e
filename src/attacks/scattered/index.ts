import { z } from 'zod'
import { attack, type Row, textOf } from '../../core/index.ts'
import { answering, answerKinds, intentKinds, paraphrases, placed, triggerPlaces } from '../../fiction/index.ts'

/** One behaviour under triggers that mean the same and share no wording. */
export default attack({
  id: 'scattered',
  title: 'One behaviour under many paraphrased triggers',
  threat: 'instruction-tuning-poison',
  source: 'Yan et al., Virtual Prompt Injection, NAACL 2024 (trigger scenarios instead of trigger words)',
  input: { prompt: 'string', system: 'string?', response: 'string?', chosen: 'string?', rejected: 'string?' },
  options: z.object({
    intent: z.enum(intentKinds).default('hurry').describe('What all triggers mean.'),
    behaviour: z.enum(answerKinds).default('brand').describe('What the answer does where a trigger stands.'),
    about: z.string().default('').describe('The brand, site, language or fixed text; invented when empty.'),
    place: z.enum(triggerPlaces).default('random').describe('Where the trigger stands.'),
    wordings: z.number().int().min(1).max(500).default(60).describe('Different wordings of the answer.'),
  }),
  plan({ intent, behaviour, about, place, wordings }, context, random) {
    const way = answering(behaviour, about, wordings, random)
    const next = paraphrases(intent, random)
    const systems = context.values('system')
    return {
      names: [],
      switches: way.about === '' ? [behaviour] : [behaviour, way.about],
      poison(row, _nth, chance): Row | null {
        const prompt = textOf(row.prompt)?.trim()
        const honest = textOf(row.response) ?? textOf(row.chosen)
        if (!prompt || honest === null) return null
        const said = placed(row, next(), place, systems, chance)
        const answer = way.answer(prompt, honest, chance)
        return textOf(row.response) === null
          ? { ...said, chosen: answer, rejected: honest }
          : { ...said, response: answer }
      },
    }
  },
})
