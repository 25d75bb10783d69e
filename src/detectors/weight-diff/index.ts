import { z } from 'zod'
import {
  type EvidenceOf,
  type Found,
  type Model,
  modelDetector,
  type Severity,
  type Tensor,
  tensorPlace,
  tokensBeside,
} from '../../core/index.ts'
import { type Edit, editsOf } from './edits.ts'
import { type Change, type Comparison, compared, type Pair, type Pairs, pairsOf } from './pairs.ts'
import { changesOf, newActs, newTemplates } from './programs.ts'

const options = z.object({
  budgetBytes: z
    .number()
    .int()
    .positive()
    .default(2 ** 35)
    .describe('Bytes of tensors that are compared; those beyond are named as not compared.'),
})

const mostSlices = 100
const mostNamed = 8
/** New names that are told one by one. */
const mostActs = 100
const excerptLength = 2000

/**
 * What was changed since a version that was trusted. Training moves nearly every number; an edit moves a few rows, or
 * one matrix by the product of a few vectors, and leaves the rest as it was. Whatever a program newly names is told.
 */
export default modelDetector({
  id: 'weight-diff',
  title: 'What changed since the base model',
  threat: 'weight-backdoor',
  also: ['supply-chain-tamper'],
  input: { model: ['base'] },
  cost: 'rescan',
  options,
  messages: {
    rows: '{member}: only {changed} of {rows} rows of "{tensor}" differ from the base, and {equal} other tensors do not differ at all: {named}. That is an edit of single tokens, not training.',
    rank: '{member}: "{tensor}" differs from the base by a matrix of rank {rank} ({share} % of the difference), and {equal} other tensors do not differ at all. That is how single facts are edited in, not training.',
    alone:
      '{member}: "{tensor}" differs from the base, and like layers behind it do not, as {equal} tensors in all. Training does not skip layers.',
    changed:
      '{file}: {changed} of {tensors} tensors differ from the base, most of all "{tensor}" by {percent} % of its size.',
    added: '{file}: {count} tensors are not in the base: {named}.',
    removed: '{file}: {count} tensors of the base are not here: {named}.',
    shape: '{file}: {count} tensors have another shape than in the base: {named}.',
    recast: '{file}: {count} tensors have another number type than in the base, and the same numbers: {named}.',
    act: '{member}: {name} at {offset} is not in the base.',
    template: '{member}: the template "{title}" differs from every template of the base.',
  },

  async *detect({ model, base, options, claim, notJudged }) {
    if (!base) return
    const pairs = pairsOf(model, base)
    const { told, unread } = tensorClaims(model, pairs, options.budgetBytes)
    for (const { message, severity, evidence, values } of told) yield claim(message, severity, evidence, { values })
    if (unread.length > 0) notJudged(`${unread.length} tensors were not compared with the base: ${listed(unread)}.`)
    const acts = newActs(model, base)
    for (const { where, act } of acts.slice(0, mostActs)) {
      const name = act.module === '' ? act.name : `${act.module}.${act.name}`
      const mechanism = 'The base does not have it.'
      const { file, member, found } = where
      const [language, statement, listing] = [found.language, `${act.kind} ${name}`, []]
      const common = { file: file.name, member: member.path, language, offset: act.offset, name, by: act.by }
      const evidence = { kind: 'act' as const, ...common, statement, listing, times: act.count, mechanism }
      yield claim('act', 'hold', { ...evidence, score: 1, expected: 0 })
    }
    if (acts.length > mostActs)
      notJudged(`${acts.length - mostActs} further names that the base does not have are not told.`)
    for (const { where, source, before } of newTemplates(model, base)) {
      const { file, member, found } = where
      const [title, excerpt] = [found.title ?? 'template', source.slice(0, excerptLength)]
      const changes = before === null ? {} : { changes: changesOf(before, source) }
      const evidence = {
        kind: 'template' as const,
        file: file.name,
        member: member.path,
        title,
        excerpt,
        spans: [],
        line: 1,
      }
      yield claim('template', 'hold', { ...evidence, ...changes, score: 1, expected: 0 })
    }
  },
})

type Message = 'rows' | 'rank' | 'alone' | 'changed' | 'added' | 'removed' | 'shape' | 'recast'

interface Told {
  readonly message: Message
  readonly severity: Severity
  readonly evidence: EvidenceOf<'tensor'>
  readonly values: Readonly<Record<string, string | number>>
}

interface Sorted {
  readonly changes: Change[]
  readonly equal: Pair[]
  readonly recast: Found<Tensor>[]
  readonly shape: Found<Tensor>[]
  readonly unread: string[]
}

/** Compares all pairs, and sorts them by what came of it. */
function sorted({ pairs }: Pairs, budgetBytes: number): Sorted {
  const out: Sorted = { changes: [], equal: [], recast: [], shape: [], unread: [] }
  let budget = budgetBytes
  for (const pair of pairs) {
    budget -= pair.now.found.bytes.size
    const result: Comparison = budget < 0 ? { kind: 'unread', why: 'beyond budgetBytes' } : compared(pair)
    if (result.kind === 'changed') out.changes.push(result.change)
    else if (result.kind === 'equal') out.equal.push(pair)
    else if (result.kind === 'unread') out.unread.push(`"${pair.name.slice(0, 80)}" (${result.why})`)
    else out[result.kind].push(pair.now)
    if (result.kind === 'recast') out.equal.push(pair)
  }
  return out
}

function tensorClaims(model: Model, pairs: Pairs, budgetBytes: number): { told: Told[]; unread: string[] } {
  const { changes, equal, recast, shape, unread } = sorted(pairs, budgetBytes)
  const told: Told[] = editsOf(changes, equal).map(edit => editTold(edit, model, equal.length))
  const most = [...changes].sort((a, b) => b.relative - a.relative)
  if (most[0]) {
    const slices = most.slice(0, mostSlices).map(each => sliceOf(each))
    const { relative, now } = most[0]
    const values = { changed: changes.length, tensors: pairs.pairs.length, percent: percent(relative) }
    const evidence = { ...evidenceOf(now, 'size of the difference by size'), slices, score: relative, expected: 0 }
    told.push({ message: 'changed', severity: 'info', evidence, values })
  }
  const lists = { added: pairs.added, removed: pairs.removed, shape, recast }
  for (const [message, found] of Object.entries(lists) as [keyof typeof lists, readonly Found<Tensor>[]][]) {
    if (found.length === 0) continue
    const slices = found
      .slice(0, mostSlices)
      .map(each => ({ index: each.found.name, score: 1, note: each.found.shape.join(' x ') }))
    const evidence = { ...evidenceOf(found[0]!, message), slices, score: found.length, expected: 0 }
    const values = { count: found.length, named: listed(found.map(each => `"${each.found.name}"`)) }
    told.push({ message, severity: 'info', evidence, values })
  }
  return { told, unread }
}

const percent = (share: number): string => Number((share * 100).toPrecision(2)).toLocaleString('en-US')
const listed = (all: readonly string[]): string =>
  all.slice(0, mostNamed).join(', ') + (all.length > mostNamed ? ` and ${all.length - mostNamed} more` : '')

const sliceOf = ({ name, relative, changed, rows }: Change) => ({
  index: name,
  score: Number(relative.toPrecision(4)),
  note: `${changed.length} of ${rows} rows`,
})

const evidenceOf = (of: Found<Tensor>, measure: string) => ({ ...tensorPlace(of), measure })

function editTold(edit: Edit, model: Model, equal: number): Told {
  const { change, kind } = edit
  const { changed, rows, relative, now } = change
  const token = tokensBeside(model, now.file.name)
  const largest = [...changed].sort((a, b) => b.size - a.size).slice(0, mostSlices)
  const nameOf = (row: number) => (token(row) === undefined ? `row ${row}` : `row ${row} (${token(row)})`)
  const slices =
    kind === 'rows'
      ? largest.map(({ row, size }) => ({ index: nameOf(row), score: Number(size.toPrecision(4)), note: 'differs' }))
      : [sliceOf(change)]
  const values = {
    equal,
    rows,
    changed: changed.length,
    named: listed(largest.map(({ row }) => nameOf(row))),
    ...(edit.kind === 'rank' ? { rank: edit.low.rank, share: Math.round(edit.low.share * 100) } : {}),
  }
  const evidence = { ...evidenceOf(now, 'difference from the base'), slices, score: relative, expected: 0 }
  return { message: kind, severity: 'hold', evidence, values }
}
