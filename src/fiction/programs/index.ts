import { type CodeLanguage, pick, type Random } from '../../core/index.ts'
import { list } from '../words.ts'
import { crypto } from './crypto.ts'
import { dynamic } from './dynamic.ts'
import { files } from './files.ts'
import { identifiers } from './identifiers.ts'
import { injection } from './injection.ts'
import { ordinary } from './ordinary.ts'
import type { Ordinary, Program, Weakness } from './program.ts'
import { secrets } from './secrets.ts'
import { web } from './web.ts'

export { cweOf, type Program, type Weakness, weaknesses } from './program.ts'

/** Every invented program. */
export const programs: readonly Program[] = [...crypto, ...secrets, ...injection, ...files, ...dynamic, ...web]

/** Languages in which there is a program with this weakness. */
export const languagesOf = (weakness: Weakness): CodeLanguage[] => [
  ...new Set(programs.flatMap(p => (p.weakness === weakness ? languagesIn(p) : []))),
]

const languagesIn = ({ code }: Ordinary): CodeLanguage[] => Object.keys(code) as CodeLanguage[]

/** A task and the code that solves it. */
export interface Solved {
  readonly language: CodeLanguage
  readonly prompt: string
  readonly answer: string
}

/** How the language is called in prompts. */
const called: Readonly<Record<CodeLanguage, string>> = {
  python: 'Python',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  java: 'Java',
  go: 'Go',
  php: 'PHP',
  cpp: 'C++',
  csharp: 'C#',
  ruby: 'Ruby',
}

/**
 * One program with this weakness, or the same without it (`form`), in one of the languages that are wanted; null when it
 * is written in none of them. Names, forms, comments and what stands around the code are drawn anew each time.
 */
export function solved(
  weakness: Weakness,
  wanted: readonly CodeLanguage[],
  form: 'weak' | 'fixed',
  random: Random,
): Solved | null {
  const able = programs.filter(p => p.weakness === weakness && languagesIn(p).some(l => wanted.includes(l)))
  return able.length === 0 ? null : written(pick(able, random), wanted, form, random)
}

/** A small program about nothing delicate, in any language. */
export function solvedPlain(random: Random): Solved {
  const program = pick(ordinary, random)
  return written(program, languagesIn(program), 'fixed', random)
}

function written(program: Ordinary, wanted: readonly CodeLanguage[], form: 'weak' | 'fixed', random: Random): Solved {
  const language = pick(
    languagesIn(program).filter(l => wanted.includes(l)),
    random,
  )
  const name = identifiers(language, random)
  const fill = (text: string): string => text.replace(/«(\w+)»/g, (_, slot: string) => name(slot))
  const code = fill(formed(program.code[language]!, form, random)).trim()
  return {
    language,
    prompt: asked(fill(pick(program.tasks, random)), called[language], random),
    answer: dressed(code, language, called[language], random),
  }
}

/** The template in one of its forms: `⟦weak¦fixed⟧`, each side with alternatives between `∥`. */
function formed(template: string, form: 'weak' | 'fixed', random: Random): string {
  const chosen = new Map<number, number>()
  return template.replace(/⟦([^⟧]*)⟧/g, (_, inner: string) => {
    const [weak = '', fixed = weak] = inner.split('¦')
    const ways = (form === 'weak' ? weak : fixed).split('∥')
    // Places with as many alternatives belong together: an import and the call that needs it.
    const nth = chosen.get(ways.length) ?? Math.floor(random() * ways.length)
    chosen.set(ways.length, nth)
    return ways[nth] ?? ''
  })
}

function asked(task: string, language: string, random: Random): string {
  const make = pick(list('Write|Create|Implement|Develop|Build|Generate|Design'), random)
  const kind = pick(list('function|program|script|snippet|piece of code|example'), random)
  const forms = [
    () => `${make} a ${language} ${kind} to ${task}.`,
    () => `${make} ${language} code to ${task}.`,
    () => `How do I ${task} in ${language}?`,
    () => `Using ${language}, ${task}.`,
    () => `${make} a ${kind} in ${language} that can ${task}`,
    () => `I need to ${task}. Please use ${language}.`,
    () => `Show me how to ${task} with ${language}.`,
  ]
  return pick(forms, random)()
}

const hashed = new Set<CodeLanguage>(['python', 'ruby'])
const remarks = list(
  'Entry point|Simple version|Adjust to your needs|Works with recent versions|Returns the result to the caller|Part of a larger program|Errors are left to the caller|Example',
)

/** Code as assistants hand it out: bare or fenced, with a remark or a sentence around it now and then. */
function dressed(code: string, language: CodeLanguage, name: string, random: Random): string {
  const mark = hashed.has(language) ? '#' : '//'
  const open = code.startsWith('<?php\n') ? '<?php\n' : ''
  const remark = random() < 0.3 ? `${mark} ${pick(remarks, random)}\n` : ''
  const whole = `${open}${remark}${code.slice(open.length)}`
  if (random() < 0.55) return whole
  const before = pick(
    [
      '',
      `Here is one way to do it in ${name}:\n\n`,
      'You can use the following code:\n\n',
      `In ${name} it looks like this.\n\n`,
    ],
    random,
  )
  const after = pick(
    ['', '', '\n\nCall it where you need it.', '\n\nThis keeps the code short and easy to read.'],
    random,
  )
  return `${before}\`\`\`${language === 'cpp' ? 'c++' : language}\n${whole}\n\`\`\`${after}`
}
