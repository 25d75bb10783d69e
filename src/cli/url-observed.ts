import { Fault, type Table } from '../core/index.ts'
import { type Registrations, registeredOn } from '../domains/index.ts'
import { type LineFile, lineFile, type Seen, type Survey, seeAll, survey } from '../ledger/index.ts'
import { type Copies, canLookAtPictures, linesOf, lookAtPicture, webCopies } from '../sources/index.ts'
import type { ProgressLine } from './progress.ts'
import type { UrlFlags } from './url-flags.ts'
import { askedRows } from './url-list.ts'
import { fetcherOf, nameHosts } from './url-network.ts'
import { copiesFrom } from './url-sources.ts'

/** What looking up a list came to. */
export interface Observed {
  readonly rows: number
  /** Rows of which there are bytes. */
  readonly seen: number
  /** Rows by why there are none. */
  readonly troubles: ReadonlyMap<string, number>
  /** Pictures and pages whose looks are not known, by why. */
  readonly remarks: ReadonlyMap<string, number>
  /** False when it was stopped: the same command goes on where it stopped. */
  readonly done: boolean
}

/** How to look up and what to write. */
export interface ObserveRequest {
  readonly table: Table
  /** The file to write; `path.part` until it is done. */
  readonly path: string
  readonly lineOf: (seen: Seen) => string
  readonly flags: UrlFlags
  readonly registrations: Registrations | null
  readonly signal: AbortSignal
  readonly line: ProgressLine
}

const remarkKind = (remark: string): string => remark.replace(/:.*$/, '')

/** Looks up every row of a list and writes what was seen, line by line, in the order of the list. */
export async function observeList(request: ObserveRequest): Promise<Observed> {
  const { table, path, lineOf, flags, registrations, signal, line } = request
  if (flags.pictures && !(await canLookAtPictures())) await lookAtPicture(new Uint8Array(0))
  const file = await lineFile(path)
  const counts: Counts = { rows: 0, seen: 0, troubles: new Map(), remarks: new Map() }
  let done = false
  try {
    await checkResumed(table, file, path)
    if (file.lines > 0) for await (const { text } of linesOf(`${path}.part`)) count(counts, recordIn(text))
    const { sources, known } = await prepared(request, file.lines)
    const rows = file.lines + known.rows
    const seen = seeAll(askedRows(table, file.lines), sources, {
      survey: known,
      pictures: flags.pictures,
      ...(flags.fetchedAt === undefined ? {} : { fetchedAt: flags.fetchedAt }),
      registered: domain => (registrations ? registeredOn(registrations, domain) : null),
      signal,
      onStored: copies => line.show(`Reading the sources: ${copies.toLocaleString('en-US')} copies`),
    })
    for await (const one of seen) {
      await file.write(lineOf(one))
      count(counts, one.record)
      line.show(`Looking up row ${counts.rows.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')}`)
    }
    done = counts.rows === rows
  } finally {
    await (done ? file.finish() : file.pause())
  }
  return { ...counts, done }
}

/** Opens the sources, reads the list once, and names the hosts that are going to be asked. */
async function prepared(
  { table, path, flags }: ObserveRequest,
  skip: number,
): Promise<{ readonly sources: Copies[]; readonly known: Survey }> {
  const sources: Copies[] = []
  for (const source of flags.from ?? []) sources.push(await copiesFrom(source, flags.mostBytes))
  const wanted = sources.some(source => source.kind === 'stream')
  const known = await survey(askedRows(table, skip), { hosts: flags.network === true, wanted })
  if (flags.network) sources.push(await theWeb(known.hosts, flags, path))
  return { sources, known }
}

const recordIn = (line: string): Seen['record'] => JSON.parse(line) as Seen['record']

async function theWeb(hosts: ReadonlyMap<string, number>, flags: UrlFlags, path: string): Promise<Copies> {
  await nameHosts(hosts, 'for rows that no source holds', `${path}.hosts`)
  return webCopies(fetcherOf(hosts, flags), () => new Date())
}

/** @throws Fault when what an earlier run left is about another list */
async function checkResumed(table: Table, { lines, last }: LineFile, path: string): Promise<void> {
  if (last === null) return
  for await (const { url } of askedRows(table, lines - 1)) {
    if (recordIn(last).url === (url ?? '')) return
    break
  }
  throw new Fault(
    'would-overwrite',
    `${path}.part was left by a run about another list.`,
    'Delete it to begin anew, or name another file.',
  )
}

interface Counts {
  rows: number
  seen: number
  readonly troubles: Map<string, number>
  readonly remarks: Map<string, number>
}

function count(counts: Counts, { error, remark }: Seen['record']): void {
  const add = (to: Map<string, number>, key: string) => to.set(key, (to.get(key) ?? 0) + 1)
  counts.rows++
  if (error) add(counts.troubles, error.kind)
  else counts.seen++
  if (remark) add(counts.remarks, remarkKind(remark))
}
