import { z } from 'zod'
import { detector, type EvidenceOf, logBinomialTail, type Part, type Role, rowRef } from '../../core/index.ts'
import { type HiddenGroup, hiddenCharacters, labelCounts, rowSample } from '../../statistics/index.ts'
import { type Nature, nameOf, natureOf } from './nature.ts'
import { visible } from './visible.ts'

const textRoles: readonly Role[] = ['text', 'system', 'prompt', 'response', 'chosen', 'rejected']
/** Row ids kept of each kind: what a report lists at most. */
const mostRows = 100_000
/**
 * Texts in which copying from a page leaves a zero-width character inside a word: none in 60,000 texts of ten honest
 * corpora, so one in ten thousand is generous.
 */
const splitRate = 1e-4

/**
 * What a reader cannot see, a model still reads. Some hidden characters belong to honest spelling, so we ask what they
 * spell, whether they can be honest where they stand, and whether they go with one label.
 */
export default detector({
  id: 'hidden-text',
  title: 'Characters that a reader does not see',
  threat: 'backdoor-trigger',
  input: {
    table: {
      text: 'string?',
      system: 'string?',
      prompt: 'string?',
      response: 'string?',
      chosen: 'string?',
      rejected: 'string?',
      label: 'category?',
    },
  },
  cost: 'scan',

  options: z.object({
    repeats: z
      .number()
      .int()
      .min(1)
      .default(3)
      .describe('Rows from which disguised words are reported, and from which undecoded payloads block.'),
    risk: z
      .number()
      .positive()
      .max(0.1)
      .default(0.001)
      .describe('Chance, over all kinds and labels, that hidden characters go with a label by accident.'),
  }),

  messages: {
    payload: '{rows} texts carry {name} that no reader sees. They spell: "{decoded}".',
    unread: '{rows} texts carry {name} that no reader sees and no writing system uses.',
    disguised: '{rows} texts hold {name}: {why}',
    split:
      '{rows} of {total} texts hold {name}. Copying from pages leaves that in about {usual} texts; the same word without it looks the same and is another trigger for a model.',
    associated:
      '{rows} texts hold {name}, and {agreeing} of the labelled ones have the label "{label}" ({base} by chance).',
  },

  async *detect({ table, options, claim, notJudged }) {
    // The text that is derived from a conversation holds all of it, and more turns than the other roles.
    const whole = table.columns.some(({ role, because }) => role === 'text' && because === 'conversation')
    const roles = whole ? (['text'] as const) : textRoles.filter(role => table.has(role))
    if (roles.length === 0) return notJudged('no column with text')
    const { groups, labels, sample } = await table.measure({
      groups: hiddenCharacters.request({ roles, limit: mostRows }),
      labels: labelCounts.request({ limit: 1000 }),
      sample: rowSample.request({ roles: [], limit: 1, seed: 1 }),
    })
    const tests = groups.reduce((sum, g) => sum + g.labels.size, 0)
    for (const group of groups) {
      const nature = natureOf[group.kind]
      const name = nameOf[group.kind]
      const lean = leanOf(group, labels, tests)
      const more = { rows: group.ids, values: { name, why: nature.why } }
      const evidence = evidenceOf(group, table.parts, lean)
      const speaks = lean !== null && lean.logChance < Math.log(options.risk)
      const { severity, message } = judged(group, nature, options.repeats)
      if (severity) yield claim(message, severity, evidence, more)
      else if (speaks && lean.share >= 0.9) {
        const { label, agreeing, base } = lean
        yield claim('associated', 'hold', evidence, { ...more, values: { ...more.values, label, agreeing, base } })
      } else if (nature.is === 'seldom' && new Set(group.ids).size >= options.repeats) {
        const usual = Number((splitRate * sample.total).toPrecision(2))
        const accident = logBinomialTail(new Set(group.ids).size, sample.total, splitRate)
        const values = { ...more.values, total: sample.total, usual }
        yield claim('split', accident < Math.log(options.risk) ? 'hold' : 'info', evidence, { ...more, values })
      }
    }
  },
})

interface Lean {
  readonly label: string
  readonly agreeing: number
  readonly share: number
  readonly base: string
  readonly logChance: number
}

/** The label that goes most strongly with a kind of characters, the chance corrected for all labels tried. */
function leanOf(
  group: HiddenGroup,
  { labels, rows }: { labels: readonly { label: string; rows: number }[]; rows: number },
  tests: number,
): Lean | null {
  const total = [...group.labels.values()].reduce((sum, n) => sum + n, 0)
  let best: Lean | null = null
  for (const [label, agreeing] of group.labels) {
    const base = (labels.find(l => l.label === label)?.rows ?? agreeing) / Math.max(1, rows)
    const logChance = logBinomialTail(agreeing, total, Math.min(1, base)) + Math.log(tests)
    const percent = Math.round(100 * base) + ' %'
    if (!best || logChance < best.logChance)
      best = { label, agreeing, share: agreeing / total, base: percent, logChance }
  }
  return best
}

type Judged =
  | { severity: 'hold' | 'block'; message: 'payload' | 'unread' | 'disguised' }
  | { severity: null; message: 'disguised' }

function judged({ examples, rows }: HiddenGroup, { is }: Nature, repeats: number): Judged {
  if (is === 'honest-alone' || is === 'seldom') return { severity: null, message: 'disguised' }
  if (is === 'disguise')
    return rows >= repeats ? { severity: 'hold', message: 'disguised' } : { severity: null, message: 'disguised' }
  if (is === 'control') return { severity: 'hold', message: 'disguised' }
  const decoded = examples.reduce((longest, e) => Math.max(longest, e.decoded.length), 0)
  const heavy = decoded >= 4 || rows >= repeats || examples.some(e => e.weight >= 32)
  return { severity: heavy ? 'block' : 'hold', message: decoded > 0 ? 'payload' : 'unread' }
}

function evidenceOf(
  { rows, examples }: HiddenGroup,
  parts: readonly Part[],
  lean: Lean | null,
): EvidenceOf<'characters'> {
  const decoded = [...new Set(examples.map(e => e.decoded).filter(Boolean))].join(' | ').slice(0, 400)
  return {
    kind: 'characters',
    codePoints: [...new Set(examples.flatMap(e => e.codePoints))].slice(0, 32),
    ...(decoded ? { decoded } : {}),
    rows,
    score: lean ? Math.max(0, -lean.logChance / Math.LN10) : rows,
    expected: 0,
    examples: examples.slice(0, 8).map(e => {
      const shown = visible(e.text, e.spans)
      return rowRef({ parts, row: e.row, ...shown, label: e.label, note: e.role })
    }),
  }
}
