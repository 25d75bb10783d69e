import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { codeLanguages } from '../core/index.ts'
import { codeBlocksOf, judgeCode } from './index.ts'

const many = 30_000
const marks = '(){}[]"\'`$#;:,.<>=+-*/%&|^!~?\\ \nabif'
/** Code that grammars, walks and rules dislike, each told in few words so that a process can make it. */
const hostile: Readonly<Record<string, string>> = {
  'brackets that open': '"(".repeat(100000)',
  'brackets that close': '")".repeat(60000)',
  'nested lists': '"[".repeat(390) + "]".repeat(390)',
  'a chain of members': '"a" + ".a".repeat(30000)',
  'a chain of calls': '"a" + "()".repeat(30000)',
  'a long sum': '"x = " + "1+".repeat(30000) + "1"',
  'a long sum of texts': '"q = " + "\\"SELECT a FROM b\\" + ".repeat(3000) + "x"',
  'signs before a name': '"-".repeat(60000) + "x"',
  'marks without order': `Array.from({length:60000},(_, i)=>${JSON.stringify(marks)}[(i*2654435761>>>7)%${marks.length}]).join("")`,
  'a name set again and again': '"x = x + y\\n".repeat(6000) + "eval(x)\\n".repeat(50)',
  'names that set each other':
    'Array.from({length:3000},(_, i)=>"a"+i+" = a"+(i+1)+" + a"+(i+2)).join("\\n") + "\\neval(a0)"',
  'functions in functions': 'Array.from({length:180},(_, i)=>" ".repeat(i)+"def f"+i+"(x):").join("\\n")',
  'calls by the thousand': '"os.system(x)\\n".repeat(4500)',
  'an open string': '"\\"" + "a".repeat(60000)',
  'interpolations that open': '"f\\"{".repeat(15000)',
  'one line of words': '"word ".repeat(13000)',
}

const program = `
  const { judgeCode } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)})
  for (const [name, code] of Object.entries({${Object.entries(hostile).map(([name, code]) => `${JSON.stringify(name)}: ${code}`)}}))
    for (const language of ['python', 'javascript', 'cpp']) {
      const begun = performance.now()
      const { findings } = judgeCode(code, language)
      console.log(JSON.stringify({ name, language, findings: findings.length, ms: performance.now() - begun }))
    }
`

interface Told {
  readonly name: string
  readonly findings: number
  readonly ms: number
}

describe('hostile code', () => {
  it('neither crashes the process nor holds it up', { timeout: 300_000 }, () => {
    // A process of its own: a grammar that overruns its stack takes the whole process with it.
    const done = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 280_000,
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    })
    expect(done.status, `${done.signal} ${done.stderr}`).toBe(0)
    const told: Told[] = done.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(told.length).toBe(3 * Object.keys(hostile).length)
    for (const { name, findings, ms } of told) {
      expect(findings, name).toBeLessThanOrEqual(64)
      expect(ms, name).toBeLessThan(20_000)
    }
  })

  it('judges pieces of nothing, of zeros and of halves of characters in every language', () => {
    for (const language of codeLanguages)
      for (const code of ['', ' ', '\u0000', '\ud800', '\ufeff', 'x'.repeat(many), '\n'.repeat(many)])
        expect(judgeCode(code, language).findings).toEqual([])
  })

  it('says that what is too long or too deep was not judged', () => {
    expect(judgeCode('x'.repeat(70_000), 'python')).toMatchObject({ parsed: 'not', findings: [] })
    expect(judgeCode('('.repeat(500), 'python')).toMatchObject({ parsed: 'not', findings: [] })
    expect(judgeCode(`"${'('.repeat(500)}"`, 'python').parsed).toBe('whole')
    for (const language of ['typescript', 'csharp', 'cpp', 'java'] as const)
      expect(judgeCode('a<'.repeat(16_000), language).parsed, language).toBe('not')
    expect(judgeCode('if (a < b) { c() }\n'.repeat(600), 'java').parsed).not.toBe('not')
    expect(judgeCode('if a < b:\n    c()\n'.repeat(600), 'python').parsed).toBe('whole')
  })

  it('does not hang on comments that never end', { timeout: 60_000 }, () => {
    const weak = 'class A { void F(string a) { var q = new SqlCommand("SELECT " + a); Process.Start(a); } }\n'
    const { findings } = judgeCode(weak, 'csharp')
    const begun = process.cpuUsage().user
    const judged = judgeCode(`${weak}${'/* '.repeat(9000)}`, 'csharp')
    expect(process.cpuUsage(undefined).user - begun).toBeLessThan(5_000_000)
    expect(judged).toMatchObject({ parsed: 'partly', findings })
  })

  it('reads blocks of a megabyte of fences, prose or lines in a moment', () => {
    const texts = [
      '```\n'.repeat(250_000),
      'a b c d e f g. '.repeat(70_000),
      '`'.repeat(1_000_000),
      '<script>'.repeat(125_000),
    ]
    for (const text of texts) {
      const begun = performance.now()
      expect(codeBlocksOf(text).length).toBeLessThanOrEqual(16)
      expect(performance.now() - begun).toBeLessThan(5000)
    }
  })
})

describe('threads', () => {
  it('judge alike, each with grammars of its own', { timeout: 60_000 }, async () => {
    const code = 'import os\ndef f(x):\n    os.system("rm " + x)\n'
    const here = judgeCode(code, 'python')
    expect(here.findings.length).toBeGreaterThan(0)
    const source = `
      const { parentPort } = require('node:worker_threads')
      require('tsx/cjs')
      const { judgeCode } = require(${JSON.stringify(fileURLToPath(new URL('./index.ts', import.meta.url)))})
      parentPort.postMessage(judgeCode(${JSON.stringify(code)}, 'python'))
    `
    const told = () =>
      new Promise((resolve, reject) => {
        const worker = new Worker(source, { eval: true })
        worker.once('message', resolve)
        worker.once('error', reject)
      })
    expect(await Promise.all([told(), told()])).toEqual([here, here])
  })
})
