import { z } from 'zod'
import {
  type Claim,
  excerptOf,
  type Found,
  type ModelContext,
  modelDetector,
  type Program,
  programsOf,
} from '../../core/index.ts'
import { changesTo, familyOf } from './families.ts'
import { type Judged, judgeTemplate } from './judge.ts'
import type { Rule, Sighting } from './sighting.ts'

/** Longer templates are no templates; they are judged as far as this and held. */
const mostSource = 256 << 10
const mostExcerpt = 2000
/** Sightings of one kind in one template that are said one by one. */
const mostEach = 5

/**
 * A chat template is a program that runs for each conversation and stands between the user and the model. It may climb
 * out of its engine, and it may, without leaving it, say to the model what the user never said.
 */
export default modelDetector({
  id: 'chat-template',
  title: 'A chat template that does more than lay out a conversation',
  threat: 'model-file-malware',
  also: ['weight-backdoor'],
  input: { model: ['templates'], languages: ['jinja'] },
  cost: 'metadata',

  options: z.object({
    trusted: z
      .array(z.string().min(1))
      .default([])
      .describe('Words that you know your templates ask the conversation for, exactly: switches of your own models.'),
  }),

  messages: {
    climb: '{file}: {title} reaches for {what}, from where a template gets to everything that Python can do.',
    spelled: '{file}: {title} puts together the name {what} so that nobody reads it.',
    calls: '{file}: {title} calls {what}, which no conversation needs.',
    lure: '{file}: {title} uses {what}, an object of the engine that lays out no conversation.',
    fields: '{file}: {title} formats a text that reads attributes: {what}.',
    load: '{file}: {title} takes in another template ({what}).',
    endless: '{file}: {title} loops without need: {what}.',
    unlisted: '{file}: {title} uses {what}, which engines of chat templates do not offer.',
    gated: '{file}: {title} writes "{what}" only when the conversation holds "{why}".',
    watches: '{file}: {title} looks for "{what}" in what the user wrote.',
    dated: '{file}: {title} writes "{what}" only on certain days ("{why}").',
    counted: '{file}: {title} writes "{what}" only late in a conversation or in a long one ("{why}").',
    rewrites: '{file}: {title} replaces words of the user: {what}.',
    swaps: '{file}: {title} puts what one role said into the mouth of another: {what}.',
    appends: '{file}: {title} adds to what the user said: "{what}".',
    prefills: '{file}: {title} begins the answer of the model for it: "{what}".',
    address: '{file}: {title} tells the model of an address: {what}.',
    orders: '{file}: {title} gives an order behind the back of the user: "{what}".',
    encoded: '{file}: {title} holds text that looks like packed bytes: {what}.',
    hidden: '{file}: {title} holds characters that nobody sees: {what}.',
    pushed: '{file}: {title} moves text out of sight behind {what}.',
    unreadable: '{file}: {title} could not be read as a template: {why}.',
  },

  async *detect(context) {
    const judged = new Map<string, Judged>()
    for (const place of programsOf(context.model)) {
      const { language, source = '', incomplete } = place.found
      if (language !== 'jinja') continue
      const text = source.slice(0, mostSource)
      const known = judged.get(text) ?? judgeTemplate(text)
      judged.set(text, known)
      yield* claims(place, text, known, context)
      const why = source.length > mostSource ? `it is longer than ${mostSource} characters` : incomplete
      if (why !== undefined) yield unreadable(place, text, { message: why, at: 0 }, context)
      if (known.fault) yield unreadable(place, text, known.fault, context)
    }
  },
})

type Context = ModelContext<{ trusted: string[] }, Rule | 'unreadable'>

function* claims(place: Found<Program>, source: string, { sightings }: Judged, context: Context): Generator<Claim> {
  const trusted = new Set(context.options.trusted)
  const byRule = new Map<Rule, Sighting[]>()
  for (const sighting of sightings)
    if (!isTrusted(sighting, trusted)) byRule.set(sighting.rule, [...(byRule.get(sighting.rule) ?? []), sighting])
  // A question says nothing more when what is written under it was said.
  let isFirst = true
  const asked = new Set((byRule.get('gated') ?? []).map(each => each.why))
  for (const [rule, all] of byRule) {
    const told = rule === 'watches' ? all.filter(each => !asked.has(each.what.slice(0, 80))) : all
    const worst = [...told].sort((a, b) => Number(b.severity === 'block') - Number(a.severity === 'block'))
    for (const sighting of alike(worst).slice(0, mostEach)) {
      const changes = isFirst ? changesIn(source) : {}
      isFirst = false
      yield claimed(place, source, { sighting, score: told.length, changes }, context)
    }
  }
}

/** Only questions and words may be trusted, never a way out of the engine. */
const trustable: ReadonlySet<Rule> = new Set([
  'gated',
  'watches',
  'dated',
  'counted',
  'rewrites',
  'address',
  'unlisted',
] as const)
const isTrusted = ({ rule, what, why = '' }: Sighting, trusted: ReadonlySet<string>): boolean =>
  trustable.has(rule) && (trusted.has(what) || trusted.has(why))

/** One of those that say the same. */
function alike(sightings: readonly Sighting[]): Sighting[] {
  const seen = new Map<string, Sighting>()
  for (const each of sightings) if (!seen.has(`${each.what} ${each.why}`)) seen.set(`${each.what} ${each.why}`, each)
  return [...seen.values()]
}

/** How it differs from the published template that it is most like: a whole template's worth, so it is said once. */
function changesIn(source: string): { changes?: ReturnType<typeof changesTo> } {
  const family = familyOf(source)
  return family ? { changes: changesTo(family, source) } : {}
}

interface Told {
  readonly sighting: Sighting
  readonly score: number
  readonly changes: ReturnType<typeof changesIn>
}

function claimed(place: Found<Program>, source: string, told: Told, { claim }: Context): Claim {
  const { sighting, score, changes } = told
  const { rule, severity, what, why = '' } = sighting
  const evidence = { ...shown(place, source, sighting.start, sighting.end), ...changes, score, expected: 0 }
  return claim(rule, severity, evidence, { values: { what, why } })
}

function shown({ file, member, found }: Found<Program>, source: string, start: number, end: number) {
  const { excerpt, spans } = excerptOf(source, [[start, Math.max(end, start + 1)]], mostExcerpt)
  const from = Math.max(0, start - (spans[0]?.[0] ?? 0) + (excerpt.startsWith('…') ? 1 : 0))
  return {
    kind: 'template' as const,
    file: file.name,
    member: member.path,
    title: found.title ?? 'chat_template',
    excerpt,
    spans,
    line: source.slice(0, from).split('\n').length,
  }
}

function unreadable(
  place: Found<Program>,
  source: string,
  { message, at }: { readonly message: string; readonly at: number },
  { claim }: Context,
): Claim {
  const evidence = { ...shown(place, source, at, at + 1), score: 1, expected: 0 }
  return claim('unreadable', 'hold', evidence, { values: { why: message.replace(/\.$/, '') } })
}
