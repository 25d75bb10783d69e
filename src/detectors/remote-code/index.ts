import { z } from 'zod'
import {
  type Act,
  type Claim,
  type Found,
  type Language,
  type ModelContext,
  modelDetector,
  type Program,
  programsOf,
} from '../../core/index.ts'
import { judge, nameOf, type Rule, type Verdict } from './judge.ts'
import { sourcesOf } from './resolve.ts'

const judged: readonly Language[] = ['config', 'yaml', 'python']
/** Places of one kind in one file that are said one by one. */
const mostEach = 20

/**
 * The weights may be harmless and the folder around them not: a configuration names code, and the loader imports it. We
 * read what configurations name, find the file it stands for, and ask whether anybody has read it.
 */
export default modelDetector({
  id: 'remote-code',
  title: 'A configuration that has code run',
  threat: 'model-file-malware',
  also: ['supply-chain-tamper'],
  input: { model: ['programs'], languages: [...judged] },
  cost: 'metadata',

  options: z.object({
    allow: z
      .array(z.string().min(1))
      .default([])
      .describe('Names that you have read and trust, as `module.Class`, exactly as the configuration writes them.'),
  }),

  messages: {
    own: '{file}: {by} has the loader run {name} from the repository itself; {why}. Somebody must read it.',
    deeds: '{file}: {by} has the loader run {name}, and {why}.',
    elsewhere: '{file}: {by} has the loader run code from elsewhere, {name}: {why}.',
    path: '{file}: {by} names code by {name}; {why}.',
    missing: '{file}: {by} names {name}; {why}.',
    danger: '{file}: {by} has {name} called when it is loaded; {why}.',
    unlisted: '{file}: {by} has {name} built or imported when it is loaded; {why}.',
    trust: '{file}: it sets {name}; {why}.',
    tag: '{file}: it uses the tag {name}; {why}.',
    leaves: '{file}: {by} names {name}; {why}.',
    packages: '{file}: it has packages fetched from {name}; {why}.',
  },

  async *detect(context) {
    const sources = sourcesOf(context.model)
    const allowed = new Set(context.options.allow)
    for (const place of programsOf(context.model)) {
      const { language, acts, incomplete } = place.found
      if (!judged.includes(language)) continue
      const said = new Map<Rule, number>()
      const verdicts = acts.flatMap(act => {
        const verdict = judge(act, place.member.path, sources, allowed)
        return verdict ? [{ act, verdict }] : []
      })
      verdicts.sort((a, b) => Number(b.verdict.severity === 'block') - Number(a.verdict.severity === 'block'))
      for (const { act, verdict } of verdicts) {
        const count = (said.get(verdict.rule) ?? 0) + 1
        said.set(verdict.rule, count)
        if (count <= mostEach) yield claimed(place, act, verdict, context)
      }
      if (incomplete !== undefined && language !== 'python')
        context.notJudged(`${place.member.path} could not be followed to its end: ${incomplete}`)
    }
  },
})

type Context = ModelContext<{ allow: string[] }, Rule>

function claimed(place: Found<Program>, act: Act, { rule, severity, why, deed }: Verdict, { claim }: Context): Claim {
  const name = nameOf(act)
  const statement = statementOf(act)
  const remedy = remedyOf(rule, name)
  const evidence = {
    kind: 'act' as const,
    file: place.file.name,
    member: place.member.path,
    language: place.found.language,
    offset: act.offset,
    name,
    by: act.by,
    statement,
    listing: [
      { offset: act.offset, text: statement, lit: true },
      ...(deed ? listingOf(deed.source.program, deed.act) : []),
    ],
    times: act.count,
    mechanism: `${why[0]!.toUpperCase()}${why.slice(1)}.`,
    ...(remedy ? { remedy } : {}),
    score: act.count,
    expected: 0,
  }
  return claim(rule, severity, evidence, { values: { why, name, by: act.by } })
}

function statementOf(act: Act): string {
  const args = act.args.map(arg => (arg.kind === 'constant' ? JSON.stringify(arg.value) : arg.kind)).join(', ')
  const name = nameOf(act)
  if (act.kind === 'call') return `${act.by}: ${name}(${args})`
  if (act.kind === 'import') return `${act.by}: import ${name}${args ? `  # ${args}` : ''}`
  return `${act.by}: ${name}`
}

/** The lines of a source around a place. */
function listingOf(program: Program, act: Act): { offset: number; text: string; lit: boolean }[] {
  const source = program.source ?? ''
  const line = source.slice(0, act.offset).split('\n').length - 1
  const lines = source.split('\n')
  let offset = 0
  return lines.flatMap((text, k) => {
    const here = { offset, text: text.slice(0, 200), lit: k === line }
    offset += text.length + 1
    return Math.abs(k - line) <= 8 ? [here] : []
  })
}

function remedyOf(rule: Rule, name: string): string | null {
  if (rule === 'danger' || rule === 'deeds' || rule === 'path' || rule === 'leaves')
    return 'Do not load the model. Get it from its publisher again.'
  if (rule === 'elsewhere') return 'Copy the code into the repository, read it, and pin its revision.'
  if (rule === 'own' || rule === 'unlisted' || rule === 'missing')
    return `If you have read this code and trust it, allow it by name: remote-code: { allow: [${JSON.stringify(name)}] }.`
  return rule === 'trust' ? 'Set trust_remote_code to false.' : null
}
