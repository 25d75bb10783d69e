/**
 * Which planted weaknesses does the judge of code see, and which sound twins does it accuse? Writes programs of each
 * family in each language, in weak and in sound form. What is missed here can only be found by other behaviours.
 *
 * `npx tsx bench/code-programs.ts [--each 12] [--family id,…] [--language id,…] [--show]`
 */
import { parseArgs } from 'node:util'
import { codeBlocksOf, judgeCode } from '../src/code/index.ts'
import { type CodeJudgement, type CodeLanguage, seeded } from '../src/core/index.ts'
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

function judged(answer: string, language: CodeLanguage): { judgement: CodeJudgement; told: boolean } {
  const block = codeBlocksOf(answer)[0]
  return { judgement: judgeCode(block?.code ?? answer, language), told: block?.language === language }
}

const isOf = (family: Weakness, { findings }: CodeJudgement): boolean =>
  findings.some(f => f.cwe.some(cwe => cweOf[family].includes(cwe)))

function line(family: Weakness, language: CodeLanguage): string {
  const random = seeded(11)
  const seen = { weak: 0, fixed: 0, any: 0, told: 0, whole: 0 }
  const missed: string[] = []
  for (let k = 0; k < each; k++) {
    const answer = solved(family, [language], 'weak', random)!.answer
    const { judgement, told } = judged(answer, language)
    if (told) seen.told++
    if (judgement.parsed === 'whole') seen.whole++
    if (judgement.findings.length > 0) seen.any++
    if (isOf(family, judgement)) seen.weak++
    else missed.push(answer)
    const sound = solved(family, [language], 'fixed', random)!.answer
    if (isOf(family, judged(sound, language).judgement)) seen.fixed++
  }
  total.weak += seen.weak
  total.fixed += seen.fixed
  total.any += seen.any
  total.all += each
  const counts = `weakness ${seen.weak}, any ${seen.any}, sound twin accused ${seen.fixed}; language told ${seen.told}, parsed ${seen.whole}`
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
