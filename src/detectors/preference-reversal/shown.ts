import { type EvidenceOf, excerptOf, fold, type Part, type RowRef, rowRef, turnBreak } from '../../core/index.ts'
import type { Judgement, Weighed } from './judgements.ts'
import type { Suspect } from './suspects.ts'

const mostExamples = 8
const mostContrasts = 4
const mostVariants = 12

/** A suspect and others that stand in the same judgements. */
export interface Campaign {
  readonly lead: Suspect
  readonly variants: readonly Suspect[]
}

/** Puts suspects together that share most of their judgements, worst first. */
export function campaignsOf(suspects: readonly Suspect[]): Campaign[] {
  const found: { lead: Suspect; own: Set<number>; variants: Suspect[] }[] = []
  for (const suspect of suspects) {
    const kin = found.find(({ own }) => {
      const both = suspect.judgements.filter(i => own.has(i)).length
      return 2 * both >= Math.min(own.size, suspect.judgements.length)
    })
    if (kin) kin.variants.push(suspect)
    else found.push({ lead: suspect, own: new Set(suspect.judgements), variants: [] })
  }
  return found
}

const oddsToShare = (odds: number): number => Math.round(100 / (1 + Math.exp(-odds)))

/** A judgement for people: where the phrase stands, and what the rest of the table would have said. */
export function judgementRef(
  judgement: Judgement,
  odds: number | null,
  parts: readonly Part[],
  words: string | null,
): RowRef {
  const pair = judgement.answers.length === 2
  const labels = pair ? ['better:', 'worse:'] : [judgement.way > 0 ? 'thumb up:' : 'thumb down:']
  const answers = judgement.answers.map((answer, s) => `${labels[s]} ${answer}`)
  const text = [judgement.asked, ...answers].join(turnBreak)
  const at = words === null ? -1 : fold(text).indexOf(fold(words))
  return rowRef({
    parts,
    row: judgement.row,
    text,
    ...(at < 0 ? {} : { spans: [[at, at + words!.length]] }),
    ...(odds === null
      ? {}
      : { score: odds, note: `by the other rows this judgement had a chance of ${oddsToShare(odds)} %` }),
  })
}

/** What a person needs to see that a phrase turns preferences. */
export function turnEvidence(
  { lead, variants }: Campaign,
  weighed: Weighed,
  about: { readonly parts: readonly Part[]; readonly line: number },
): EvidenceOf<'trigger'> {
  const { judgements, given } = weighed
  const order = [...lead.judgements].sort((a, b) => given[a]! - given[b]!)
  const ref = (i: number, words: string | null) => judgementRef(judgements[i]!, given[i]!, about.parts, words)
  const names = new Set(variants.map(v => excerptOf(v.words, [], 120).excerpt))
  names.delete(lead.words)
  const contrast = likeWithout(lead, weighed).map(i => ref(i, null))
  return {
    kind: 'trigger',
    trigger: excerptOf(lead.words, [], 200).excerpt,
    form: lead.length === 1 ? 'word' : lead.length < 5 ? 'phrase' : 'sentence',
    label: lead.sided ? `the answer with it ${lead.sided}` : 'against the rest of the table',
    rows: lead.judgements.length,
    agreeing: lead.against,
    expectedAgreeing: Math.round(lead.expected * 10) / 10,
    variants: [...names].slice(0, mostVariants),
    score: -lead.score / Math.LN10,
    expected: -about.line / Math.LN10,
    examples: order.slice(0, mostExamples).map(i => ref(i, lead.words)),
    ...(contrast.length > 0 ? { contrast } : {}),
  }
}

/** Judgements without the phrase on what is most like the phrase's own prompts. */
function likeWithout(lead: Suspect, { judgements }: Weighed): number[] {
  const held = new Set(lead.judgements)
  const wordsOf = (i: number) =>
    new Set(
      fold(judgements[i]!.asked.slice(0, 2000))
        .split(/[^\p{L}\p{N}]+/u)
        .filter(w => w.length > 4),
    )
  const wanted = lead.judgements.slice(0, mostContrasts).map(wordsOf)
  const best = wanted.map(() => ({ i: -1, like: 0 }))
  const step = Math.max(1, Math.floor(judgements.length / 4000))
  for (let i = 0; i < judgements.length; i += step) {
    if (held.has(i)) continue
    const own = wordsOf(i)
    wanted.forEach((words, w) => {
      let both = 0
      for (const word of words) if (own.has(word)) both++
      const like = both / Math.max(1, words.size + own.size - both)
      if (like > best[w]!.like) best[w] = { i, like }
    })
  }
  return [...new Set(best.map(({ i }) => i))].filter(i => i >= 0)
}
