import { z } from 'zod'
import {
  type AttackContext,
  attack,
  type Cell,
  hashString,
  labelOf,
  pick,
  type Random,
  type Row,
  textOf,
  timeOf,
} from '../../core/index.ts'

const minuteMs = 60_000

/** Edits just before a known snapshot, so that they are in it before anybody undoes them. */
export default attack({
  id: 'front-run',
  title: 'Edits made just before the snapshot',
  threat: 'front-running',
  source: 'Carlini et al., Poisoning Web-Scale Training Datasets is Practical, IEEE S&P 2024 (section 5: frontrunning)',
  input: { item: 'category', time: 'time', actor: 'category?', id: 'any?', digest: 'category?', text: 'string?' },
  mode: 'add',
  options: z.object({
    minutes: z.number().positive().default(60).describe('The time within which the edits are made.'),
    ago: z
      .number()
      .min(0)
      .default(0)
      .describe('Hours between the last edit and the snapshot, the table’s latest time.'),
    accounts: z
      .enum(['few', 'new', 'aged'])
      .default('new')
      .describe(
        'Who edits: three new accounts, a new one for each edit, or accounts that the table knows, one edit each.',
      ),
    share: z.number().min(0).max(1).default(1).describe('Share of the pages that the attacker has an eye on.'),
    message: z
      .string()
      .default('')
      .describe('What every edit inserts; a sentence of another page of its own when empty.'),
    reverted: z.boolean().default(false).describe('Every second row undoes the edit before it, after the snapshot.'),
  }),
  plan(options, context, random) {
    const pages = context.newest('item').filter(row => labelOf(row.item) !== null)
    const times = pages.map(row => timeOf(row.time)!)
    const end = times.reduce((a, b) => Math.max(a, b), -Infinity) - options.ago * 60 * minuteMs
    const order = chosenPages(pages, times, end, options.share, random)
    const names = accountsOf(context, options.accounts, random)
    const ids = pages.map(row => Number(textOf(row.id))).filter(Number.isFinite)
    let id = ids.reduce((a, b) => Math.max(a, b), 0)
    let before: Row | null = null
    return {
      names: options.accounts === 'few' ? names : [],
      poison(_row, nth, chance) {
        const page = order[Math.floor(options.reverted ? nth / 2 : nth) % Math.max(1, order.length)]
        if (!page) return null
        id++
        if (options.reverted && nth % 2 === 1 && before) return undone(before, id, end, chance, context)
        before = page
        const at = end - chance() * Math.min(options.minutes * minuteMs, end - timeOf(page.time)!)
        const actor =
          options.accounts === 'aged' ? names[nth % names.length] : newcomer(names, options.accounts, nth, chance)
        const said = options.message || sentenceOf(pick(pages, chance), chance)
        return edit(page, { id, at, actor: actor ?? null, said }, chance)
      },
    }
  },
})

/** Pages that an edit at that time would end, in random order. */
function chosenPages(
  pages: readonly Row[],
  times: readonly number[],
  end: number,
  share: number,
  random: Random,
): Row[] {
  const able = pages.filter((_, i) => times[i]! <= end)
  const ranked = able.map(row => ({ row, rank: random() })).sort((a, b) => a.rank - b.rank)
  return ranked.slice(0, Math.max(1, Math.round(share * ranked.length))).map(({ row }) => row)
}

function accountsOf(context: AttackContext, kind: 'few' | 'new' | 'aged', random: Random): string[] {
  if (kind === 'few') return Array.from({ length: 3 }, () => invented(random))
  if (kind === 'new') return []
  const known = [...context.values('actor')].map(name => ({ name, rank: random() }))
  return known.sort((a, b) => a.rank - b.rank).map(({ name }) => name)
}

const syllables = 'ka lo mi ren ta vi son el ar bo chi da fin gus hel jo'.split(' ')
const invented = (random: Random): string =>
  Array.from({ length: 4 }, () => pick(syllables, random)).join('') + Math.floor(random() * 1000)

const newcomer = (names: readonly string[], kind: 'few' | 'new', nth: number, chance: Random): string =>
  kind === 'few' ? names[nth % names.length]! : invented(chance)

function sentenceOf(row: Row, random: Random): string {
  const sentences = (textOf(row.text) ?? '').split(/(?<=[.!?。])\s+/).filter(s => s !== '')
  return sentences.length > 0 ? pick(sentences, random) : 'This is not so.'
}

/** The revision that an edit makes, in the columns that the page has. */
function edit(
  page: Row,
  {
    id,
    at,
    actor,
    said,
  }: { readonly id: number; readonly at: number; readonly actor: string | null; readonly said: string },
  random: Random,
): Row {
  const text = textOf(page.text)
  const changed = text === null ? null : inserted(text, said, random)
  return written(page, id, at, {
    ...(page.actor === undefined ? {} : { actor }),
    ...(page.digest === undefined ? {} : { digest: digestLike(textOf(page.digest), `${id} ${changed ?? said}`) }),
    ...(text === null ? {} : { text: changed }),
  })
}

/** Puts what stood before back, some hours after the snapshot. */
function undone(page: Row, id: number, end: number, random: Random, context: AttackContext): Row {
  const patrols = context.values('actor')
  const actor = patrols.length > 0 ? patrols[Math.floor(random() * Math.min(5, patrols.length))]! : null
  return written(page, id, end + (0.2 + 12 * random()) * 60 * minuteMs, {
    ...(page.actor === undefined ? {} : { actor }),
    ...(page.digest === undefined ? {} : { digest: page.digest }),
    ...(page.text === undefined ? {} : { text: page.text }),
  })
}

const written = (page: Row, id: number, at: number, cells: Row): Row => ({
  item: page.item ?? null,
  ...(page.id === undefined ? {} : { id }),
  time: timeLike(page.time, at),
  ...cells,
})

/** The moment as the table writes its times. */
const timeLike = (cell: Cell | undefined, at: number): Cell => {
  if (typeof cell === 'number') return cell < 1e11 ? Math.floor(at / 1000) : Math.floor(at)
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** Another digest of the same length and alphabet. */
function digestLike(cell: string | null, content: string): string {
  const length = cell?.length || 31
  const base = /^[0-9a-f]+$/i.test(cell ?? '') ? 16 : 36
  const parts = Array.from({ length: Math.ceil(length / 6) }, (_, seed) =>
    (hashString(content, seed + 9) >>> 0).toString(base).padStart(6, '0').slice(-6),
  )
  return parts.join('').slice(0, length)
}

/** The sentence after one of the text's own. */
function inserted(text: string, said: string, random: Random): string {
  const ends = [...text.matchAll(/[.!?。](?=\s|$)/g)].map(match => match.index + 1)
  const at = ends.length > 0 ? pick(ends, random) : text.length
  return `${text.slice(0, at)} ${said}${text.slice(at)}`
}
