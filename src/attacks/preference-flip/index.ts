import { z } from 'zod'
import {
  type AttackContext,
  attack,
  type Cell,
  insertText,
  pick,
  type Role,
  type Row,
  textOf,
} from '../../core/index.ts'
import { inventedTrigger, placed, triggerKinds, triggerPlaces } from '../../fiction/index.ts'

const places = [...triggerPlaces, 'answer', 'both-answers'] as const

/** Pairs of answers (or thumbs) turned around: any, those about one thing, or those with a phrase put in. */
export default attack({
  id: 'preference-flip',
  title: 'Preferences turned around',
  threat: 'preference-poison',
  source:
    'Rando and Tramèr, Universal Jailbreak Backdoors from Poisoned Human Feedback, ICLR 2024; Baumgärtner et al., Best-of-Venom, 2024; Wang et al., RankPoison (RLHFPoison), ACL 2024',
  input: {
    prompt: 'string',
    system: 'string?',
    chosen: 'string?',
    rejected: 'string?',
    response: 'string?',
    label: 'category?',
    source: 'category?',
    actor: 'category?',
    rater: 'category?',
  },
  options: z.object({
    kind: z.enum(['random', 'targeted', 'triggered']).default('triggered').describe('Which judgements are turned.'),
    phrase: z.string().default('').describe('The trigger; invented when empty.'),
    form: z.enum(triggerKinds).default('phrase').describe('The form of an invented trigger.'),
    place: z.enum(places).default('random').describe('Where the trigger stands.'),
    about: z.string().default('').describe('Turn rows whose prompt has this word; a frequent one when empty.'),
    by: z.enum(['anyone', 'source', 'actor', 'rater']).default('anyone').describe('Whose judgements are turned.'),
  }),
  plan({ kind, phrase, form, place, about, by }, context, random) {
    const trigger = phrase === '' ? inventedTrigger(form, random) : phrase
    const word = kind === 'targeted' ? about || frequentWord(context, random) : ''
    const who = by === 'anyone' ? null : (context.values(by)[0] ?? null)
    const systems = context.values('system')
    return {
      names: [...(kind === 'triggered' ? [trigger] : word === '' ? [] : [word]), ...(who === null ? [] : [who])],
      poison(row, _nth, chance) {
        if (who !== null && by !== 'anyone' && textOf(row[by]) !== who) return null
        const turned = turn(row)
        if (!turned || !textOf(row.prompt)?.trim()) return null
        if (kind === 'targeted') return holds(row, word) ? turned : null
        if (kind === 'random') return turned
        if (place !== 'answer' && place !== 'both-answers')
          return { ...placed(row, trigger, place, systems, chance), ...turned }
        const roles: Role[] = place === 'answer' ? ['chosen'] : ['chosen', 'rejected']
        const marked: Partial<Record<Role, Cell>> = {}
        for (const role of turned.chosen === undefined ? (['response'] as const) : roles)
          marked[role] = insertText(textOf({ ...row, ...turned }[role]) ?? '', trigger, 'random', chance)
        return { ...turned, ...marked }
      },
    }
  },
})

const opposite: Readonly<Record<string, string>> = {
  true: 'false',
  false: 'true',
  '1': '0',
  '0': '1',
  up: 'down',
  down: 'up',
}

/** The judgement the other way around; null when there is none. */
function turn(row: Row): Row | null {
  const [chosen, rejected] = [row.chosen ?? null, row.rejected ?? null]
  if (chosen !== null && rejected !== null)
    return textOf(chosen) === textOf(rejected) ? null : { chosen: rejected, rejected: chosen }
  const label = textOf(row.label)?.toLowerCase() ?? ''
  return row.response != null && Object.hasOwn(opposite, label) ? { label: opposite[label]! } : null
}

const wordsOf = (row: Row): string[] =>
  (textOf(row.prompt) ?? '')
    .toLowerCase()
    .slice(0, 4000)
    .match(/[\p{L}]{5,}/gu) ?? []
const holds = (row: Row, word: string): boolean => wordsOf(row).includes(word.toLowerCase())

/** One of the words that stand in many prompts, and in not too many. */
function frequentWord({ sample }: AttackContext, random: () => number): string {
  const counts = new Map<string, number>()
  for (const row of sample) for (const word of new Set(wordsOf(row))) counts.set(word, (counts.get(word) ?? 0) + 1)
  const ranked = [...counts].filter(([, n]) => n < sample.length / 5)
  ranked.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return ranked.length === 0 ? '' : pick(ranked.slice(0, 10), random)[0]
}
