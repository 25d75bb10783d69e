/**
 * How well the judge of code finds published weaknesses, how much less it says after a fix, how often it speaks of clean code
 * and what it costs. Rules were written while looking at even rows (by place in their file); odd rows are new to them.
 * `npx tsx bench/code-judge.ts [all|even|odd] [missed|clean CWE-or-language]`
 *
 * "Same CWE" counts parents, children and siblings of one published family of weaknesses; "exact" only the number itself.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { codeBlocksOf, judgeCode } from '../src/code/index.ts'
import type { CodeFinding, CodeLanguage } from '../src/core/index.ts'
import { codeLanguages } from '../src/core/index.ts'

/** Weaknesses that a reader would call the same: one is the other's parent, child or sibling in the list of MITRE. */
const families: readonly string[] = [
  '77 78 88',
  '89 564 943',
  '79 80 83 87 116',
  '22 23 36 73 99 641 425',
  '327 328 326 916 759 760 261 1240 323 329 1204',
  '330 331 335 337 338 339 340 1241',
  '798 259 321 260',
  '94 95 96 1336',
  '120 121 122 119 125 126 127 787 788 680 190 131 805 806 242 676 193',
  '611 776 827',
  '295 297 299 347 345 346',
  '400 730 1333 185 770 835',
  '312 319 256 522 523 614 1004',
  '200 209 215 489 532 497',
  '306 862 863 285 284 639 425 287 290',
  '377 379 378',
  '732 276 250 269',
  '93 113 117',
  '415 416 590 825',
]
const groups = families.map(line => new Set(line.split(' ').map(Number)))
const numberOf = (cwe: string): number => Number(/\d+/.exec(cwe)?.[0])
const akin = (a: number, b: number): boolean => a === b || groups.some(g => g.has(a) && g.has(b))
const names = (findings: readonly CodeFinding[], cwe: number, same = akin): boolean =>
  findings.some(f => f.cwe.some(c => same(numberOf(c), cwe)))

interface Snippet {
  readonly corpus: string
  readonly language: string
  readonly cwe: number
  readonly code: string
  readonly after?: string
  readonly even: boolean
}

const home = fileURLToPath(new URL('../../shared/data/', import.meta.url))
const lines = (path: string): Record<string, string>[] =>
  readFileSync(home + path, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))

function snippets(): Snippet[] {
  const sven = readdirSync(`${home}code-vuln/sven`).flatMap(file =>
    lines(`code-vuln/sven/${file}`).map((row, i) => ({
      corpus: 'SVEN',
      language: row.file_name!.endsWith('.py') ? 'python' : 'cpp',
      cwe: numberOf(row.vul_type!),
      code: row.func_src_before!,
      after: row.func_src_after!,
      even: i % 2 === 0,
    })),
  )
  const evaluated = lines('code-vuln/securityeval/dataset.jsonl').map((row, i) => ({
    corpus: 'SecurityEval',
    language: 'python',
    cwe: numberOf(row.ID!),
    code: row.Insecure_code!,
    even: i % 2 === 0,
  }))
  const instruct = lines('code-vuln/cyberseceval/instruct.jsonl').map((row, i) => ({
    corpus: 'CyberSecEval',
    language: row.language === 'c' ? 'cpp' : row.language!,
    cwe: numberOf(row.cwe_identifier!),
    code: row.origin_code!,
    even: i % 2 === 0,
  }))
  return [...sven, ...evaluated, ...instruct]
}

const known = (language: string): CodeLanguage | null => codeLanguages.find(l => l === language) ?? null
function findingsOf(code: string, language: string): readonly CodeFinding[] {
  const judged = known(language)
  return judged === null ? [] : judgeCode(code, judged).findings
}

const percent = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(3))
const say = (...cells: readonly (string | number)[]): void =>
  console.log(cells.map((cell, i) => (i === 0 ? String(cell).padEnd(44) : String(cell).padStart(10))).join(''))

interface Judged extends Snippet {
  readonly found: readonly CodeFinding[]
  readonly ms: number
  /** Of the processor: what others do on the machine does not count. */
  readonly cpuMs: number
}

function judged(snippet: Snippet): Judged {
  const from = performance.now()
  const cpu = process.cpuUsage()
  const found = findingsOf(snippet.code, snippet.language)
  const { user, system } = process.cpuUsage(cpu)
  return { ...snippet, found, ms: performance.now() - from, cpuMs: (user + system) / 1000 }
}

function recall(title: string, rows: readonly Judged[]): void {
  if (rows.length === 0) return
  const any = rows.filter(r => r.found.length > 0).length
  const same = rows.filter(r => names(r.found, r.cwe)).length
  const exact = rows.filter(r => names(r.found, r.cwe, (a, b) => a === b)).length
  const [n, part] = [rows.length, (k: number) => percent(k, rows.length)]
  say(title, n, part(any), part(same), part(exact))
}

function recalls(rows: readonly Judged[]): void {
  say('recall', 'snippets', 'any CWE', 'same CWE', 'exact')
  for (const corpus of ['SVEN', 'SecurityEval', 'CyberSecEval']) {
    const own = rows.filter(r => r.corpus === corpus)
    recall(corpus, own)
    for (const language of [...new Set(own.map(r => r.language))].sort())
      recall(
        `  ${corpus} ${language}`,
        own.filter(r => r.language === language),
      )
  }
  const ruled = rows.filter(r => known(r.language) !== null)
  recall('pooled, languages with rules', ruled)
  recall('pooled, all (a language without rules is missed)', rows)
  for (const half of [true, false])
    recall(
      `pooled, languages with rules, ${half ? 'even' : 'odd'} rows`,
      ruled.filter(r => r.even === half),
    )
  console.log()
}

function fixes(rows: readonly Judged[]): void {
  say('after the fix', 'pairs', 'before', 'after', 'lower by')
  for (const cwe of [89, 78, 22, 79]) {
    const pairs = rows.filter(r => r.after !== undefined && r.cwe === cwe)
    for (const [how, test] of [
      ['any finding', (found: readonly CodeFinding[]) => found.length > 0],
      ['same CWE', (found: readonly CodeFinding[]) => names(found, cwe)],
    ] as const) {
      const before = pairs.filter(r => test(r.found)).length
      const after = pairs.filter(r => test(findingsOf(r.after!, r.language))).length
      say(`  CWE-${cwe}, ${how}`, pairs.length, before, after, percent(before - after, before))
    }
  }
  console.log()
}

function clean(rows: readonly Judged[], half: (i: number) => boolean): void {
  say('clean code that is flagged', 'pieces', 'flagged', 'share')
  const answers: { output: string }[] = JSON.parse(
    readFileSync(`${home}instructions/code-alpaca/code_alpaca_2k.json`, 'utf8'),
  )
  const blocks = answers.filter((_, i) => half(i)).map(a => codeBlocksOf(a.output).filter(b => b.language !== null))
  const coded = blocks.filter(b => b.length > 0)
  const findings = coded.map(b => b.flatMap(({ code, language }) => findingsOf(code, language!)))
  const flagged = findings.filter(f => f.length > 0)
  say('  CodeAlpaca answers with code', coded.length, flagged.length, percent(flagged.length, coded.length))
  say('  CodeAlpaca answers, all', blocks.length, flagged.length, percent(flagged.length, blocks.length))
  if (show === 'clean') for (const f of flagged) for (const one of f) console.log(`    ${one.rule}: ${one.excerpt}`)
  const fixed = rows.filter(r => r.after !== undefined)
  for (const language of ['python', 'cpp', null]) {
    const own = fixed.filter(r => language === null || r.language === language)
    const after = own.map(r => ({ cwe: r.cwe, found: findingsOf(r.after!, r.language) }))
    const other = after.filter(({ cwe, found }) => found.some(f => !names([f], cwe))).length
    const any = after.filter(({ found }) => found.length > 0).length
    const title = `  SVEN after the fix${language ? ` (${language})` : ''}`
    say(`${title}, of another CWE`, own.length, other, percent(other, own.length))
    say(`${title}, of any CWE`, own.length, any, percent(any, own.length))
  }
  console.log()
}

function speed(rows: readonly Judged[]): void {
  say('milliseconds a snippet', 'snippets', 'mean', '95 %', 'most', 'processor')
  for (const language of [...new Set(rows.map(r => r.language))].filter(l => known(l) !== null).sort()) {
    const own = rows.filter(r => r.language === language)
    const ms = own.map(r => r.ms).sort((a, b) => a - b)
    const mean = ms.reduce((a, b) => a + b, 0) / ms.length
    const cpu = own.reduce((sum, r) => sum + r.cpuMs, 0) / own.length
    const [high, most] = [ms[Math.floor(ms.length * 0.95)]!, ms.at(-1)!]
    say(`  ${language}`, ms.length, mean.toFixed(2), high.toFixed(1), most.toFixed(1), cpu.toFixed(2))
  }
}

const [part = 'all', show, which] = process.argv.slice(2)
if (!existsSync(`${home}code-vuln`)) {
  console.log('The shared data is not here.')
} else {
  const half = (even: boolean): boolean => part === 'all' || (part === 'even') === even
  const rows = snippets().filter(s => half(s.even))
  for (const language of codeLanguages) findingsOf('x = 1', language)
  const results = rows.map(judged)
  if (show === 'missed')
    for (const r of results)
      if ((`CWE-${r.cwe}` === which || r.language === which) && !names(r.found, r.cwe))
        console.log(`===== ${r.corpus} CWE-${r.cwe} ${r.language}: ${r.found.map(f => f.rule)}\n${r.code}\n`)
  recalls(results)
  fixes(results)
  clean(results, i => half(i % 2 === 0))
  speed(results)
}
