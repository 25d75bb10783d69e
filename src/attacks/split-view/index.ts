import { z } from 'zod'
import { attack, type Cell, looksText, parseLooks, type Random, type Row, textOf, timeOf } from '../../core/index.ts'
import { lapsed, siteOf } from '../../domains/index.ts'

const day = 86_400_000
/** When the rows do not say when they were listed. */
const someDay = Date.UTC(2021, 0, 1)

/** Lists of addresses outlive the domains in them: buy what lapsed, and choose what is downloaded. */
export default attack({
  id: 'split-view',
  title: 'Lapsed domains, bought and filled anew',
  threat: 'web-scale-split-view',
  source: 'Carlini et al.: Poisoning Web-Scale Training Datasets is Practical, IEEE S&P 2024',
  input: { url: 'string', digest: 'string?', looks: 'string?', time: 'time?', registered: 'time?' },
  options: z.object({
    mode: z
      .enum(['re-bought', 'swapped', 'parked', 'lapsed'])
      .default('re-bought')
      .describe(
        'Buy domains and serve other pictures; serve others without buying (a broken or dishonest host); show a page that sells the domain; or only let domains lapse.',
      ),
    domains: z.number().int().min(1).optional().describe('Most domains; as many as the rows need when absent.'),
    bits: z
      .number()
      .int()
      .min(0)
      .max(64)
      .optional()
      .describe(
        'Bits by which the looks of what is served differ from the recorded ones; those of a stranger when absent.',
      ),
    afterDays: z.number().positive().default(200).describe('Days from listing to purchase.'),
  }),
  plan({ mode, domains = Infinity, bits, afterDays }, _context, random) {
    const page = {
      digest: hexText(64, random),
      looks: looksText({ of: 'text', bits: BigInt(`0x${hexText(16, random)}`) }),
    }
    const bought: string[] = []
    return {
      names: bought,
      poison(row, _nth, chance) {
        const site = siteOf(textOf(row.url) ?? '')
        if (site === null || (site.hosted && mode !== 'swapped')) return null
        const isNew = !bought.includes(site.domain)
        if (isNew && mode !== 'swapped') {
          if (bought.length >= domains) return null
          bought.push(site.domain)
        }
        const since = new Date((timeOf(row.time) ?? someDay) + afterDays * day).toISOString()
        if (mode === 'lapsed') return { registered: lapsed, observed: null, observedLooks: null }
        if (mode === 'parked') return parked(row, site.domain, page)
        const served = { observed: anotherDigest(row.digest, chance), ...otherLooks(row, bits, chance) }
        return mode === 'swapped' ? served : { ...served, registered: since }
      },
    }
  },
})

const hexText = (digits: number, random: Random): string =>
  Array.from({ length: digits }, () => Math.floor(16 * random()).toString(16)).join('')

const parked = (row: Row, domain: string, page: { digest: string; looks: string }): Row => ({
  observed: page.digest,
  ...(row.looks === undefined ? {} : { observedLooks: page.looks }),
  text: `${domain} - This domain name is for sale. Make an offer.`,
})

/** A digest written as the recorded one is. */
function anotherDigest(cell: Cell | undefined, random: Random): string {
  const text = textOf(cell)?.trim() || hexText(64, random)
  const start = text.search(/[:-]/) + 1
  const letters = /^[0-9a-f]+$/.test(text.slice(start)) ? '0123456789abcdef' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const others = Array.from(text.slice(start, 200), () => letters[Math.floor(letters.length * random())])
  return text.slice(0, start) + others.join('')
}

function otherLooks({ looks }: Row, bits: number | undefined, random: Random): Row {
  const before = parseLooks(textOf(looks) ?? '')
  if (before === null) return {}
  if (bits === undefined)
    return { observedLooks: looksText({ of: before.of, bits: BigInt(`0x${hexText(16, random)}`) }) }
  let other = before.bits
  const places = new Set<number>()
  while (places.size < bits) places.add(Math.floor(64 * random()))
  for (const place of places) other ^= 1n << BigInt(place)
  return { observedLooks: looksText({ of: before.of, bits: other }) }
}
