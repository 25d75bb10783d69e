import { type Cell, hashString, normal, pick, type Random, type Row, seeded } from '../../core/index.ts'
import { pageNames, pageSentence } from './pages.ts'

const hour = 3_600_000
const day = 24 * hour

/** How large a wiki is. */
export interface WikiSize {
  readonly pages: number
  readonly accounts: number
  /** Edits a day, before vandalism and bots. */
  readonly perDay: number
  readonly days: number
  /** The moment of the last edit, about. */
  readonly end: number
}

export const smallWiki: WikiSize = { pages: 400, accounts: 150, perDay: 110, days: 40, end: Date.UTC(2024, 2, 1) }

/** Something that will happen to a page. */
interface Event {
  readonly at: number
  readonly page: number
  readonly actor: string
  readonly kind: 'edit' | 'vandalism' | 'revert'
  /** Of a revert: the vandalism that it undoes. */
  readonly of?: Event
}

/** One of `n` by Zipf's law. */
const zipf = (n: number, random: Random): number =>
  Math.min(n - 1, Math.floor(Math.exp(random() * Math.log(n + 1))) - 1)

/** A moment of the span: people sleep, and edit more on some days of the week. */
function moment({ days, end }: WikiSize, random: Random): number {
  for (;;) {
    const at = end - random() * days * day
    const [h, d] = [(at / hour) % 24, Math.floor(at / day) % 7]
    const busy = 0.55 + 0.45 * Math.sin(((h - 9) / 24) * 2 * Math.PI)
    if (random() < busy * (d === 2 || d === 3 ? 0.75 : 1)) return at
  }
}

/** A reader who edits without an account. */
const passerBy = (random: Random): string => Array.from({ length: 4 }, () => Math.floor(random() * 256)).join('.')

const patrols = ['Watcher', 'Tidy Tern', 'Roundsman']
const bots = ['LinkBot', 'DateBot']

/** The edits of people: known accounts by Zipf's law, now and then a new one that stays for some pages. */
function peoplesEdits(size: WikiSize, random: Random): Event[] {
  const events: Event[] = []
  const total = size.perDay * size.days
  while (events.length < total) {
    const at = moment(size, random)
    const isNew = random() < 0.15
    const actor = isNew ? passerBy(random) : `Editor ${zipf(size.accounts, random) + 1}`
    // People edit in sittings: mostly one page, sometimes a run of them, and longer ones once they know the place.
    const pages = Math.min(40, Math.floor((1 - random()) ** (isNew ? -0.4 : -0.7)))
    for (let k = 0; k < pages; k++)
      events.push({ at: at + k * 90_000 * (0.5 + random()), page: zipf(size.pages, random), actor, kind: 'edit' })
  }
  return events
}

/** Bots that go through many pages once a day. */
function botEdits(size: WikiSize, random: Random): Event[] {
  const events: Event[] = []
  for (const [b, actor] of bots.entries())
    for (let d = 0; d < size.days; d++) {
      const from = size.end - (d + 1) * day + (4 + 9 * b) * hour
      const pages = Math.floor(6 * Math.exp(0.5 * normal(random)))
      for (let k = 0; k < pages; k++)
        events.push({ at: from + k * 20_000, page: Math.floor(random() * size.pages), actor, kind: 'edit' })
    }
  return events
}

/** Vandalism, most of it undone by patrols within minutes, some within days (log-normal), some never. */
function vandalism(size: WikiSize, random: Random): Event[] {
  const events: Event[] = []
  for (let k = 0; k < 0.05 * size.perDay * size.days; k++) {
    const actor = passerBy(random)
    const event: Event = { at: moment(size, random), page: zipf(size.pages, random), actor, kind: 'vandalism' }
    events.push(event)
    const delay = 8 * 60_000 * Math.exp(2 * normal(random))
    if (random() < 0.95)
      events.push({ at: event.at + delay, page: event.page, actor: pick(patrols, random), kind: 'revert', of: event })
  }
  return events
}

/** A page in the news: dozens of edits by many people within hours, the last one on the last day. */
function news(size: WikiSize, random: Random): Event[] {
  return [33, 19, 8, 0.3].flatMap(ago => {
    const page = Math.floor(random() * size.pages)
    return Array.from({ length: 45 }, (): Event => {
      const at = size.end - ago * day + 6 * hour * random() ** 2
      const actor = random() < 0.4 ? passerBy(random) : `Editor ${zipf(size.accounts, random) + 1}`
      return { at, page, actor, kind: 'edit' }
    })
  })
}

/** A page while its history is told. */
interface Page {
  readonly name: string
  sentences: readonly string[]
  /** What stood before each vandalism. */
  readonly before: Map<Event, readonly string[]>
  last?: Event
}

/** SHA-1 as MediaWiki writes it is 31 digits to the base of 36: as long, and equal for equal contents. */
export const contentDigest = (text: string): string =>
  [1, 2, 3, 4, 5]
    .map(seed => (hashString(text, seed) >>> 0).toString(36).padStart(7, '0'))
    .join('')
    .slice(0, 31)

/**
 * An invented wiki: a heavy tail of edits by page and by account, sittings, bots, vandalism that is undone by restoring
 * what stood before, pages in the news. Rows stand page by page, as dumps are published.
 */
export function revisions(size: WikiSize, seed: number, withText = true): Row[] {
  const random = seeded(seed)
  const names = pageNames(size.pages, random)
  const pages: Page[] = names.map(name => ({
    name,
    sentences: Array.from({ length: 2 + Math.floor(random() * 4) }, () => pageSentence(name, random)),
    before: new Map(),
  }))
  const events = [
    ...pages.map((_, page): Event => {
      const at = size.end - (size.days + 1 + random() * 700) * day
      return { at, page, actor: `Editor ${zipf(size.accounts, random) + 1}`, kind: 'edit' }
    }),
    ...peoplesEdits(size, random),
    ...botEdits(size, random),
    ...vandalism(size, random),
    ...news(size, random),
  ].filter(event => event.at <= size.end)
  events.sort((a, b) => a.at - b.at)
  const rows: { readonly page: number; readonly row: Row }[] = []
  for (const event of events) {
    const page = pages[event.page]!
    if (!happens(page, event, random)) continue
    const text = page.sentences.join(' ')
    const row: Partial<Record<keyof Row, Cell>> = {
      item: page.name,
      id: 100_000 + rows.length,
      time: new Date(event.at).toISOString().slice(0, 19) + 'Z',
      actor: event.actor,
      digest: contentDigest(text),
    }
    rows.push({ page: event.page, row: withText ? { ...row, text } : row })
  }
  return rows.sort((a, b) => a.page - b.page || Number(a.row.id) - Number(b.row.id)).map(({ row }) => row)
}

/** Changes the page; false when there is nothing to undo any more. */
function happens(page: Page, event: Event, random: Random): boolean {
  if (event.kind === 'revert') {
    const was = event.of && page.last === event.of ? page.before.get(event.of) : undefined
    if (!was) return false
    page.sentences = was
  } else if (event.kind === 'vandalism') {
    page.before.set(event, page.sentences)
    page.sentences =
      random() < 0.5 ? ['lol'.repeat(1 + Math.floor(random() * 3))] : [...page.sentences, pick(insults, random)]
  } else page.sentences = edited(page, random)
  page.last = event
  return true
}

const insults = [
  'this is so boring',
  'hi mum',
  'my school is the best',
  'DELETE THIS PAGE',
  'who wrote this',
  'asdf asdf',
]
const mostSentences = 9

/** A sentence is added, rewritten or dropped. */
function edited({ name, sentences }: Page, random: Random): readonly string[] {
  const next = [...sentences]
  const at = Math.floor(random() * next.length)
  if (next.length >= mostSentences || (next.length > 2 && random() < 0.15)) next.splice(at, 1)
  else if (random() < 0.5) next.splice(at, 1, pageSentence(name, random))
  else next.splice(at, 0, pageSentence(name, random))
  return next
}
