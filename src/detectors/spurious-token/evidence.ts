import {
  type EvidenceOf,
  excerptOf,
  GAPPED_GRAM,
  type Part,
  rowRef,
  SHAPE_GRAM,
  type TokenSpan,
} from '../../core/index.ts'
import type { Campaign } from './campaign.ts'
import type { Held } from './held.ts'

const mostExamples = 8
const mostVariants = 12

/** Spans in characters of what is left out of row i. */
function charactersOf({ tokens }: Held, i: number, spans: readonly TokenSpan[]): [number, number][] {
  const from = tokens.offsets[i]!
  return spans.map(([start, end]) => [tokens.start[from + start]!, tokens.end[from + end - 1]!])
}

/** What a person needs to see that a piece of text decides the label. */
export function triggerEvidence(
  campaign: Campaign,
  about: {
    readonly parts: readonly Part[]
    readonly labels: readonly string[]
    readonly total: number
    readonly agreeing: number
    readonly line: number
  },
): EvidenceOf<'trigger'> {
  const [lead] = campaign.cases
  const { held, trace, testimony, label, kind, score } = lead!
  const expectedShare = testimony.probability.reduce((sum, p) => sum + p, 0) / Math.max(1, testimony.probability.length)
  const others = [...campaign.kin.map(kin => kin.cases[0]!), ...campaign.cases.slice(1)]
  const variants = new Set(others.map(other => excerptOf(other.trace.text, [], 120).excerpt))
  variants.delete(trace.text)
  const place = new Map(trace.rows.map((i, r) => [i, r]))
  const judged = testimony.rows.map((i, j) => ({ i, p: testimony.probability[j]! })).sort((a, b) => a.p - b.p)
  const refs = (agrees: boolean) =>
    judged
      .filter(({ i }) => (held.label[i] === label) === agrees)
      .slice(0, mostExamples)
      .map(({ i, p }) =>
        rowRef({
          parts: about.parts,
          row: held.ids[i]!,
          text: held.texts[i]!,
          spans: charactersOf(held, i, trace.spans[place.get(i)!]!),
          label: about.labels[held.label[i]!] ?? 'another label',
          score: p,
          note: `without the marked words, a model of the other rows gives this label ${Math.round(100 * (agrees ? p : 1 - p))} %`,
        }),
      )
  const contrast = refs(false)
  return {
    kind: 'trigger',
    trigger: excerptOf(trace.text, [], 200).excerpt,
    form: formOf(kind, trace.length),
    label: about.labels[label] ?? 'another label',
    rows: about.total,
    agreeing: about.agreeing,
    expectedAgreeing: Math.round(expectedShare * about.total * 10) / 10,
    variants: [...variants].slice(0, mostVariants),
    score: -score / Math.LN10,
    expected: -about.line / Math.LN10,
    examples: refs(true),
    ...(contrast.length > 0 ? { contrast } : {}),
  }
}

function formOf(kind: number, tokens: number): 'word' | 'phrase' | 'gapped' | 'shape' | 'sentence' {
  if (kind === SHAPE_GRAM) return 'shape'
  if (kind < 0 || (kind === GAPPED_GRAM && tokens === 3)) return 'gapped'
  return tokens === 1 ? 'word' : tokens < 5 ? 'phrase' : 'sentence'
}
