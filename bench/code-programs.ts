/**
 * Which planted weaknesses do the behaviours of code tell, as a scan sees an answer, and which sound twins do they accuse? Writes programs of each
 * family in each language, in weak and in sound form. What is missed here can only be found by other behaviours.
 *
 * `npx tsx bench/code-programs.ts [--each 12] [--family id,…] [--language id,…] [--show]`
 */
import { parseArgs } from 'node:util'
import { behaviours } from '../src/behaviours/index.ts'
import { codeBlocksOf } from '../src/code/index.ts'
import { behavioursOf, type CodeLanguage, exchangeOf, seeded } from '../src/core/index.ts'
import { cweOf, languagesOf, solved, type Weakness, weaknesses } from '../src/fiction/index.ts'

const { values } = parseArgs({
  options: {
    each: { type: 'string', default: '12' },
    family: { type: 'string' },
    language: { type: 'string' },
    show: { type: 'boolean', default: false },
  },
})
const each = Number(values.each)
const total = { weak: 0, fixed: 0, any: 0, all: 0 }

const ofCode = behaviours.filter(b => b.id.startsWith('code-'))

/** Numbers of weaknesses that behaviours tell of an answer. */
const told = (prompt: string, answer: string): string[] =>
  behavioursOf(ofCode, exchangeOf(null, prompt, answer)).flatMap(word => word.match(/CWE-\d+/g) ?? [])

const isOf = (family: Weakness, cwes: readonly string[]): boolean => cwes.some(cwe => cweOf[family].includes(cwe))

function line(family: Weakness, language: CodeLanguage): string {
  const random = seeded(11)
  const seen = { weak: 0, fixed: 0, any: 0, language: 0 }
  const missed: string[] = []
  for (let k = 0; k < each; k++) {
    const { prompt, answer } = solved(family, [language], 'weak', random)!
    const cwes = told(prompt, answer)
    if (codeBlocksOf(answer)[0]?.language === language) seen.language++
    if (cwes.length > 0) seen.any++
    if (isOf(family, cwes)) seen.weak++
    else missed.push(answer)
    const sound = solved(family, [language], 'fixed', random)!
    if (isOf(family, told(sound.prompt, sound.answer))) seen.fixed++
  }
  total.weak += seen.weak
  total.fixed += seen.fixed
  total.any += seen.any
  total.all += each
  const counts = `weakness ${seen.weak}, any ${seen.any}, sound twin accused ${seen.fixed}; language told ${seen.language}`
  const shown = values.show && missed.length > 0 ? `\n${missed[0]!.replace(/^/gm, '      | ')}` : ''
  return `${seen.weak >= 0.8 * each ? 'ok  ' : 'MISS'} ${family.padEnd(24)} ${language.padEnd(11)} of ${each}: ${counts}${shown}`
}

for (const family of weaknesses.filter(w => !values.family || values.family.split(',').includes(w)))
  for (const language of languagesOf(family).filter(l => !values.language || values.language.split(',').includes(l)))
    console.log(line(family, language))
const share = (n: number) => (total.all === 0 ? '–' : `${((100 * n) / total.all).toFixed(0)} %`)
console.log(
  `the weakness is seen in ${share(total.weak)} of ${total.all} programs, anything in ${share(total.any)}; sound twins accused: ${share(total.fixed)}`,
)
