import { z } from 'zod'
import { type DetectContext, detector, type Severity } from '../../core/index.ts'
import { type SealedItem, type Seals, seals } from '../../statistics/index.ts'

const options = z.object({
  required: z.boolean().default(false).describe('Hold files that no signature covers, or whose signer nobody checked.'),
  places: z.number().int().min(1).max(1000).default(20).describe('Files listed for each kind of trouble.'),
})

const messages = {
  invalid: '{count} of {all} {files} under a signature that does not hold, the first is {first}.',
  uncovered: '{count} of {all} {files} not covered by the signature of the others, the first is {first}.',
  unchecked:
    '{count} of {all} {files} signed, by their own word by {signer}: no key or identity was given to check it.',
  none: 'No signature covers {files}.',
}

type Context = DetectContext<z.output<typeof options>, keyof typeof messages>

/**
 * A signature says who stands behind bytes. That nobody signed is a fact of most data; that somebody signed all but one
 * file is how a file is slipped in; a signature that does not hold is the trace of a change.
 */
export default detector({
  id: 'unsigned',
  title: 'Files that no signature covers',
  threat: 'supply-chain-tamper',
  input: { table: { item: 'string', seal: 'category', signer: 'string?' } },
  cost: 'metadata',
  options,
  messages,

  async *detect(context) {
    const { required, places } = context.options
    const { seen } = await context.table.measure({ seen: seals.request({ places }) })
    const { counts, first } = seen
    // A word that is no seal covers nothing.
    const bare = counts.unsigned + counts.other
    const lacking = [...first.unsigned, ...first.other].sort((a, b) => a.row - b.row).slice(0, places)
    const covered = counts.signed + counts.unchecked + counts.invalid
    const wished: Severity = required ? 'hold' : 'info'
    if (counts.invalid > 0)
      yield claimOf(context, 'invalid', 'block', { seen, count: counts.invalid, listed: first.invalid })
    if (bare > 0 && covered > 0) yield claimOf(context, 'uncovered', 'hold', { seen, count: bare, listed: lacking })
    if (counts.unchecked > 0)
      yield claimOf(context, 'unchecked', wished, { seen, count: counts.unchecked, listed: first.unchecked })
    if (bare > 0 && covered === 0) yield claimOf(context, 'none', wished, { seen, count: bare, listed: lacking })
  },
})

const why: Readonly<Record<keyof typeof messages, string>> = {
  invalid: 'The signature does not hold for this file.',
  uncovered: 'No signature covers this file.',
  unchecked: 'Signed, and not checked against a key or an identity.',
  none: 'No signature covers this file.',
}

interface Found {
  readonly seen: Seals
  readonly count: number
  readonly listed: readonly SealedItem[]
}

function claimOf({ claim }: Context, message: keyof typeof messages, severity: Severity, found: Found) {
  const { seen, count, listed } = found
  const all = Object.values(seen.counts).reduce((sum, each) => sum + each, 0)
  const evidence = {
    kind: 'location' as const,
    defect: `${message}-signature`,
    count,
    places: listed.map(({ item, signer }) => ({
      part: item,
      message: signer === '' ? why[message] : `${why[message]} Signer: ${signer}`,
    })),
    score: count,
    expected: 0,
  }
  const values = {
    all,
    files: phraseOf(message, all, count),
    first: listed[0]?.item ?? '',
    signer: listed[0]?.signer || 'an unnamed key',
  }
  return claim(message, severity, evidence, { values })
}

/** What each sentence needs in the place of "files". */
function phraseOf(message: keyof typeof messages, all: number, count: number): string {
  if (message === 'none') return all === 1 ? 'this file' : `any of the ${all} files`
  return `${all === 1 ? 'file' : 'files'} ${count === 1 ? 'is' : 'are'}`
}
