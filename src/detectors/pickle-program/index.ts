import { z } from 'zod'
import { type Claim, type Found, type ModelContext, modelDetector, type Program, programsOf } from '../../core/index.ts'
import { denying } from './denied.ts'
import { type Group, Groups, severityOf } from './groups.ts'
import { type Judged, judgeOf, nameOf } from './judge.ts'
import { denyFile, listsFor } from './lists/index.ts'
import { packageOf } from './names.ts'
import { around, linesLit, namesOf, pictureOf, statementOf } from './shown.ts'

/** Languages that name Python objects and call them. */
const judged: ReadonlySet<string> = new Set(['pickle', 'skops'])
/** Programs that get pictures: one of each kind, those with something wrong first. */
const mostPictures = 40
const mostNamed = 8
/** Findings of one file that are listed, gravest first: a file that does so much else needs no longer list. */
const mostFindings = 100

/**
 * A pickle is a program: it names classes and functions, calls them, and gives the results their state. Ordinary models
 * use a few thousand names, which stand on lists with their reasons. Whatever else is named is a question, and whatever
 * else is called would run code that nobody here has read.
 */
export default modelDetector({
  id: 'pickle-program',
  title: 'A model file that runs code when it is loaded',
  threat: 'model-file-malware',
  input: { model: ['programs'], languages: ['pickle', 'marshal', 'skops'] },
  cost: 'metadata',

  options: z.object({
    allow: z
      .array(z.string())
      .default([])
      .describe('Names that you know and trust, as `package.module.Name`, exactly; never what is denied.'),
  }),

  messages: {
    denied: '{file}: loading it {does} {name}, which {why}.',
    walk: '{file}: loading it {does} {name}: a name with dots walks from attribute to attribute to whatever it wants.',
    computed: '{file}: loading it uses a name or a function that only the run knows ({statement}).',
    resultCalled: '{file}: loading it calls {name}: what a call returned, which nothing is known of.',
    foreignWrite: '{file}: loading it changes {name} itself, for all that runs in the same process.',
    unknownCall: '{file}: loading it calls {name}{others}. Nobody here knows what that code does.',
    newer: '{file}: loading it makes objects of {name}{others}, which {why} lacks: newer than the list, or none of it.',
    misused: '{file}: loading it calls {name} in a way that no honest file does: {why}.',
    unknownName: '{file}: loading it imports {name}{others}, on no list of what models usually hold.',
    review: '{file}: loading it {does} {name}. {why}',
    unsure: '{file}: loading it calls {name} in an unusual way: {why}.',
    persistent: '{file}: loading it asks its loader for objects by an id that is no storage of torch.',
    incomplete: '{member}: what loading it does could not be followed to the end. {why}',
  },

  async *detect(context) {
    const programs = [...programsOf(context.model)].filter(({ found }) => judged.has(found.language))
    const judge = judgeOf({
      names: await listsFor(packagesOf(programs)),
      denies: denying(await denyFile()),
      allowed: new Set(context.options.allow),
    })
    const groups = new Groups()
    const seen: { readonly place: Found<Program>; readonly acts: readonly Judged[] }[] = []
    for (const place of programs) {
      const acts = listedAttributes(place.found.acts.map(judge))
      for (const each of acts) groups.add(place, each)
      seen.push({ place, acts })
    }
    const lines = listings(seen)
    for (const group of bounded(groups.all(), context)) yield claimed(group, lines(group.place.found), context)
    yield* unreadable(programs, context)
    pictures(seen, lines, context)
  },
})

/**
 * What `getattr` returned is called: when every attribute that this program asks for is a listed one, the call is of one
 * of them.
 */
function listedAttributes(acts: readonly Judged[]): readonly Judged[] {
  const asks = acts.filter(({ act }) => act.kind === 'call' && act.name === 'getattr')
  if (asks.length === 0 || asks.some(each => each.wrong !== null)) return acts
  return acts.map(each =>
    each.wrong === 'resultCalled' && each.act.name === 'getattr()' ? { ...each, list: 'allowed', wrong: null } : each,
  )
}

type Context = ModelContext<{ allow: string[] }, string>
type Line = ReturnType<typeof linesLit>[number]
type Seen = readonly { readonly place: Found<Program>; readonly acts: readonly Judged[] }[]

/** The packages that programs name, also among arguments: their lists are read. */
function packagesOf(programs: readonly Found<Program>[]): Set<string> {
  const packages = new Set(['builtins'])
  for (const { found } of programs) for (const act of found.acts) packages.add(packageOf(act.module))
  return packages
}

/** The gravest findings of each file; that there are more is said. */
function bounded(groups: readonly Group[], { notJudged }: Context): readonly Group[] {
  const perFile = new Map<string, number>()
  const kept = groups.filter(({ place }) => {
    const count = (perFile.get(place.file.name) ?? 0) + 1
    perFile.set(place.file.name, count)
    return count <= mostFindings
  })
  for (const [file, count] of perFile)
    if (count > mostFindings) notJudged(`${count - mostFindings} further findings in ${file} are not listed`)
  return kept
}

/** Each program's lines, made once and only when asked for. */
function listings(seen: Seen): (program: Program) => readonly Line[] {
  const known = new Map<Program, readonly Line[]>()
  const wrong = new Map(seen.map(({ place, acts }) => [place.found, acts]))
  return program => {
    const lit = new Set((wrong.get(program) ?? []).flatMap(each => (each.wrong ? [each.act.offset] : [])))
    const lines = known.get(program) ?? linesLit(program, lit)
    known.set(program, lines)
    return lines
  }
}

function claimed(group: Group, lines: readonly Line[], { claim }: Context): Claim {
  const { wrong, first, place, names, called, times } = group
  const name = nameOf(first)
  const statement = statementOf(lines, first.act)
  const remedy = remedyOf(group)
  const evidence = {
    kind: 'act' as const,
    file: place.file.name,
    member: place.member.path,
    language: place.found.language,
    offset: first.act.offset,
    name,
    by: first.act.by,
    statement,
    listing: around(lines, first.act),
    times,
    mechanism: mechanismOf(group),
    ...(remedy ? { remedy } : {}),
    score: times,
    expected: 0,
  }
  const others = names.size > 1 ? ` and ${names.size - 1} more of ${packageOf(first.named.module)}` : ''
  const does = called ? 'calls' : 'imports'
  return claim(wrong, severityOf[wrong], evidence, { values: { does, why: first.why, others } })
}

const mechanismOf = ({ wrong, first, called }: Group): string => {
  if (wrong === 'denied') return `It ${first.why}.`
  if (wrong === 'unknownCall') return 'Nobody here knows what this code does, and it runs when the file is loaded.'
  if (wrong === 'unknownName') return 'Importing a module runs its code, and nobody here knows this one.'
  if (wrong === 'newer') return 'Its state is set without running its constructor; nobody here knows the class.'
  if (wrong === 'review') return first.why
  return called ? 'It runs when the file is loaded.' : 'It is imported when the file is loaded.'
}

function remedyOf({ wrong, names }: Group): string | null {
  if (wrong === 'denied' || wrong === 'computed' || wrong === 'walk' || wrong === 'foreignWrite')
    return 'Do not load the file. Get the model from its publisher again, in a format that holds numbers only.'
  if (wrong !== 'unknownCall' && wrong !== 'newer' && wrong !== 'unknownName') return null
  const some = [...names].slice(0, mostNamed).map(name => JSON.stringify(name))
  const rest = names.size > some.length ? ', …' : ''
  return `If you have read this code and trust it, allow it by name: pickle-program: { allow: [${some.join(', ')}${rest}] }.`
}

/** What could not be followed to its end may do anything from there on; said once for each file. */
function* unreadable(programs: readonly Found<Program>[], { claim }: Context): Generator<Claim> {
  const byFile = new Map<string, Found<Program>[]>()
  for (const place of programs)
    if (place.found.incomplete !== undefined)
      byFile.set(place.file.name, [...(byFile.get(place.file.name) ?? []), place])
  for (const [file, [first, ...rest]] of byFile) {
    const { member, found } = first!
    const why = found.incomplete!
    const evidence = {
      kind: 'place' as const,
      file,
      member: member.path,
      rule: 'program-incomplete',
      start: found.start,
      end: found.end,
      message: why,
      further: rest.length,
      score: 1 + rest.length,
      expected: 0,
    }
    yield claim('incomplete', 'hold', evidence, { values: { why } })
  }
}

function pictures(seen: Seen, lines: (program: Program) => readonly Line[], { figure }: Context): void {
  const worst = [...seen].sort((a, b) => wrongs(b.acts) - wrongs(a.acts)).slice(0, mostPictures)
  for (const { place, acts } of worst) {
    figure(namesOf(place, acts))
    if (wrongs(acts) > 0) figure(pictureOf(place, lines(place.found)))
  }
}

const wrongs = (acts: readonly Judged[]): number => acts.filter(each => each.wrong !== null).length
