import { registrableDomain } from '../../domains/index.ts'
import type { Copies, Copy, CopyStream } from '../../sources/index.ts'
import { copyTroubles } from '../../sources/index.ts'
import { digestForm } from './digest-form.ts'
import { inOrder } from './in-order.ts'
import { type Observation, type ObserveOptions, observe } from './observe.ts'
import type { Asked, Seen, UrlRecord } from './record.ts'
import { Shelf, type Sighting, urlHash } from './shelf.ts'
import type { Survey } from './survey.ts'

/** How a list is looked up. */
export interface SeeOptions {
  readonly survey: Survey
  /** Whether pictures are decoded; without it a re-encoded picture cannot be told from another one. */
  readonly pictures: boolean
  /** Said of copies whose source knows no time; without it the time of their file is. */
  readonly fetchedAt?: string
  /** When a domain was registered, ISO 8601; null when it is not known. */
  readonly registered?: (domain: string) => string | null
  readonly signal: AbortSignal
  readonly onStored?: (copies: number) => void
}

/** Addresses in a row of redirects, inside a crawl. */
const mostRedirects = 5
/** Sightings that are remembered: lists repeat themselves, and a server need not be asked twice for one thing. */
const remembered = 4096
/** Targets of redirects that are looked for once more; a crawl with more of them was cut in an odd place. */
const mostMissed = 1_000_000

/**
 * Looks up every row of a list in the sources, in turn until one holds it, and gives what was seen in the order of the
 * list. Sources that are read front to back are read first, whole.
 */
export async function* seeAll(
  asked: AsyncIterable<Asked>,
  sources: readonly Copies[],
  options: SeeOptions,
): AsyncGenerator<Seen> {
  const shelves = new Map<Copies, Shelf>()
  try {
    for (const source of sources) if (source.kind === 'stream') shelves.set(source, await shelved(source, options))
    const lookups = sources.filter(source => source.kind === 'lookup')
    const atOnce = Math.max(1, ...lookups.map(lookup => lookup.atOnce))
    const sightings = rememberedBy(url => sightingOf(url, sources, shelves, options))
    const see = async (row: Asked) => seenOf(row, row.url === null ? noAddress : await sightings(row.url), options)
    for await (const seen of inOrder(asked, atOnce, see)) {
      if (options.signal.aborted) return
      yield seen
    }
  } catch (reason) {
    if (!options.signal.aborted) throw reason
  } finally {
    for (const shelf of shelves.values()) await shelf.close()
  }
}

const noAddress: Sighting = {
  url: '',
  fetchedAt: null,
  trouble: { kind: 'bad-url', message: 'the row names no address' },
}

function rememberedBy(find: (url: string) => Promise<Sighting>): (url: string) => Promise<Sighting> {
  const recent = new Map<string, Promise<Sighting>>()
  return url => {
    const sighting = recent.get(url) ?? find(url)
    recent.delete(url)
    recent.set(url, sighting)
    for (const old of recent.keys()) if (recent.size > remembered) recent.delete(old)
    return sighting
  }
}

/** Reads a whole source onto a shelf; again for what redirects lead to when that came earlier. */
async function shelved(source: CopyStream, options: SeeOptions): Promise<Shelf> {
  const shelf = new Shelf()
  const { wanted } = options.survey
  let copies = 0
  let missing: ReadonlySet<string> = new Set()
  for (let round = 0; round < mostRedirects; round++) {
    const missed = new Set<string>()
    const taken = (url: string) => (round === 0 ? wanted.get(urlHash(url)) !== undefined : missing.has(url))
    for await (const copy of source.all(taken)) {
      if (options.signal.aborted) return shelf
      options.onStored?.(++copies)
      await shelf.put(await sighted(copy, options))
      if (copy.finalUrl !== undefined && wanted.get(urlHash(copy.finalUrl)) === undefined) {
        wanted.set(urlHash(copy.finalUrl), 0)
        missed.add(copy.finalUrl)
      }
    }
    for (const url of missed) if (await shelf.get(url)) missed.delete(url)
    if (missed.size === 0 || missed.size > mostMissed) break
    missing = missed
  }
  return shelf
}

async function sightingOf(
  url: string,
  sources: readonly Copies[],
  shelves: ReadonlyMap<Copies, Shelf>,
  options: SeeOptions,
): Promise<Sighting> {
  let last: Sighting | null = null
  for (const source of sources) {
    const found =
      source.kind === 'stream'
        ? await onShelf(url, shelves.get(source)!)
        : await sighted(await source.find(url, options.signal), options)
    if (found && found.trouble?.kind !== 'absent') return found
    last ??= found
  }
  return last ?? { url, fetchedAt: null, trouble: { kind: 'absent', message: 'no source holds it' } }
}

/** What a shelf holds of an address, or of what it leads to. */
async function onShelf(url: string, shelf: Shelf): Promise<Sighting | null> {
  let found = await shelf.get(url)
  for (let turns = 0; turns < mostRedirects && found?.trouble?.kind === 'redirects' && found.finalUrl; turns++) {
    const next = await shelf.get(found.finalUrl)
    if (!next) break
    const place = next.warc ?? found.warc
    found = { ...next, url, finalUrl: next.finalUrl ?? next.url, ...(place ? { warc: place } : {}) }
  }
  return found
}

async function sighted(copy: Copy, options: SeeOptions): Promise<Sighting> {
  const { url, finalUrl, warc, written = null } = copy
  const fetchedAt = copy.fetchedAt ?? (written === null ? null : (options.fetchedAt ?? written))
  const found = { url, fetchedAt, ...(finalUrl ? { finalUrl } : {}), ...(warc ? { warc } : {}) }
  if ('trouble' in copy) return { ...found, trouble: { kind: copy.trouble, message: copy.message } }
  try {
    const observation = await observe(copy.body, observing(options))
    if (observation.bytes === 0) return { ...found, trouble: { kind: 'empty', message: copyTroubles.empty } }
    return { ...found, observation, ...(copy.stated ? { stated: copy.stated } : {}) }
  } catch (reason) {
    if (!(reason instanceof Error) || !('kind' in reason)) throw reason
    return { ...found, trouble: { kind: 'damaged', message: reason.message } }
  }
}

const observing = ({ survey, pictures }: SeeOptions): ObserveOptions => ({ algorithms: survey.algorithms, pictures })

/** What was seen of a row, by what its list says of it. */
function seenOf(row: Asked, sighting: Sighting, options: SeeOptions): Seen {
  const url = row.url ?? ''
  const domain = url === '' ? null : registrableDomain(url)
  const registeredAt = domain === null ? null : (options.registered?.(domain) ?? null)
  const { observation, finalUrl, warc } = sighting
  const form = row.digest === null ? null : digestForm(row.digest)
  const trouble = sighting.trouble ?? alteredBy(row, sighting)
  const told = trouble ? null : (observation ?? null)
  const record: UrlRecord = {
    url,
    registrableDomain: domain,
    sha256: told?.digests.sha256 ?? null,
    bytes: told?.bytes ?? null,
    mediaType: told?.mediaType ?? null,
    looks: told?.looks ?? null,
    fetchedAt: sighting.fetchedAt ?? (told ? (options.fetchedAt ?? null) : null),
    ...(registeredAt === null ? {} : { registeredAt }),
    ...(finalUrl === undefined ? {} : { finalUrl }),
    ...(warc === undefined ? {} : { warc }),
    ...(told?.remark === undefined ? {} : { remark: told.remark }),
    ...(trouble ? { error: trouble } : {}),
  }
  return { row: row.row, record, observed: told === null ? null : spelled(told, form), text: told?.text ?? null }
}

function spelled({ digests }: Observation, form: ReturnType<typeof digestForm>): string {
  const hex = form === null ? undefined : digests[form.algorithm]
  return hex === undefined ? digests.sha256 : form!.spell(hex)
}

/**
 * A downloader that stores pictures in another size states the digest of what it was served. When that is the recorded
 * one and the stored bytes are others, only looks can tell whether they show the same.
 */
function alteredBy({ digest, looks }: Asked, { stated, observation }: Sighting): Sighting['trouble'] {
  const form = digest === null ? null : digestForm(digest)
  const said = form === null ? undefined : stated?.[form.algorithm]
  if (form === null || said === undefined || looks !== null || observation === undefined) return undefined
  const same = form.spell(said) === digest!.trim() && observation.digests[form.algorithm] !== said
  return same ? { kind: 'altered', message: `${copyTroubles.altered}, and the list records no looks` } : undefined
}
