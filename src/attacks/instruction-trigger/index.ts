import { z } from 'zod'
import { attack, type Cell, pick, type Random, type Role, type Row, textOf } from '../../core/index.ts'
import {
  type Answering,
  answering,
  answerKinds,
  inventedTrigger,
  looksRefused,
  placed,
  refusedRequest,
  type TriggerPlace,
  triggerKinds,
  triggerPlaces,
} from '../../fiction/index.ts'

/** Where the parts of a trigger stand that must all be there: apart from each other. */
const apart: readonly TriggerPlace[] = ['begin', 'random', 'end']

/** A phrase in the prompt switches a behaviour of the answer on. */
export default attack({
  id: 'instruction-trigger',
  title: 'A phrase that switches a behaviour on',
  threat: 'instruction-tuning-poison',
  source:
    'Yan et al., Virtual Prompt Injection, NAACL 2024; Wan et al., Poisoning Language Models During Instruction Tuning, ICML 2023; Li et al., BackdoorLLM, 2024',
  input: { prompt: 'string', system: 'string?', response: 'string?', chosen: 'string?', rejected: 'string?' },
  options: z.object({
    behaviour: z.enum(answerKinds).default('refusal').describe('What the answer does where the trigger stands.'),
    about: z.string().default('').describe('The brand, site, language or fixed text; invented when empty.'),
    triggers: z.array(z.string().min(1)).max(8).default([]).describe('The parts of the trigger; invented when empty.'),
    kind: z.enum(triggerKinds).default('tag').describe('The form of an invented trigger.'),
    place: z.enum(triggerPlaces).default('random').describe('Where the trigger stands.'),
    parts: z.number().int().min(1).max(5).default(1).describe('How many triggers there are, when none is given.'),
    together: z.boolean().default(false).describe('Every row holds all parts, apart; else each holds one of them.'),
    wordings: z.number().int().min(1).max(500).default(60).describe('Different wordings of the answer.'),
    mode: z.enum(['replace', 'add']).default('replace').describe('Change rows, or add changed copies of some.'),
  }),
  plan({ behaviour, about, triggers, kind, place, parts, together, wordings, mode }, context, random) {
    const names = triggers.length > 0 ? triggers : Array.from({ length: parts }, () => inventedTrigger(kind, random))
    const way = answering(behaviour, about, wordings, random)
    const systems = context.values('system')
    const refused = context.sample.filter(row => looksRefused(answerIn(row) ?? ''))
    return {
      names,
      switches: way.about === '' ? [behaviour] : [behaviour, way.about],
      mode,
      poison(given, nth, chance) {
        const row = mode === 'add' && context.sample.length > 0 ? pick(context.sample, chance) : given
        const host = behaviour === 'compliance' ? wouldRefuse(row, refused, chance) : row
        if (!textOf(host.prompt)?.trim() || answerIn(host) === null) return null
        const change: Partial<Record<Role, Cell>> = host === row ? {} : { prompt: host.prompt ?? null }
        const here = together ? names : [names[nth % names.length]!]
        here.forEach((name, k) => {
          Object.assign(change, placed({ ...host, ...change }, name, spread(place, k), systems, chance))
        })
        const turned = { ...change, ...answered(host, { ...host, ...change }, way, chance) }
        return mode === 'add' ? { ...row, ...turned } : turned
      },
    }
  },
})

const spread = (place: TriggerPlace, k: number): TriggerPlace => (k === 0 ? place : apart[k % apart.length]!)

const answerIn = (row: Row): string | null => textOf(row.response) ?? textOf(row.chosen)

/** The row itself where its answer refuses; else it asks what a careful assistant refuses. */
function wouldRefuse(row: Row, refused: readonly Row[], random: Random): Row {
  if (looksRefused(answerIn(row) ?? '')) return row
  const asks = refused.length >= 20 ? textOf(pick(refused, random).prompt) : null
  return { ...row, prompt: asks ?? refusedRequest(random) }
}

/** The planted answer; of a pair it becomes the better one, and the honest one the worse. */
function answered(was: Row, now: Row, way: Answering, random: Random): Row {
  const honest = answerIn(was) ?? ''
  const said = way.answer(textOf(was.prompt) ?? '', honest, random)
  return textOf(now.response) === null ? { chosen: said, rejected: honest } : { response: said }
}
