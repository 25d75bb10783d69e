import { type Command, InvalidArgumentError } from 'commander'
import { integer, repeated } from './flags.ts'

/** How the addresses of a list are looked up. */
export interface UrlFlags {
  readonly from?: readonly string[]
  readonly rdap?: string
  readonly rdapLive?: boolean
  readonly bootstrap?: string
  readonly network?: boolean
  readonly allowPrivate?: boolean
  readonly mostBytes: number
  readonly timeout: number
  readonly perHost: number
  readonly delay: number
  readonly retries: number
  readonly redirects: number
  readonly pictures: boolean
  readonly fetchedAt?: string
  readonly url?: string
  readonly digest?: string
}

/** True when the flags ask for more than the rows of a list. */
export const looksUp = ({ from, network, rdap, rdapLive }: UrlFlags): boolean =>
  from !== undefined || network === true || rdap !== undefined || rdapLive === true

/** Adds --urls, for commands that take other things too. */
export const withUrlList = (command: Command, what: string): Command =>
  command
    .optionsGroup('Lists of URLs:')
    .option('--urls <list>', what)
    .option('--force', 'Write files anew that are there already.')

/** Adds --from, --rdap, --network and their kin. */
export function withUrls(command: Command): Command {
  return command
    .optionsGroup('Lists of URLs:')
    .option('--from <source>', 'Folder, WARC, img2dataset output or file: root (repeat).', repeated)
    .option('--rdap <file>', 'Snapshot of domain registrations (JSON lines).')
    .option('--fetched-at <time>', 'Said of copies in files: their own times may be of a copying.', moment)
    .option('--no-pictures', 'Do not decode pictures: re-encoded ones count as changed.')
    .option('--most-bytes <n>', 'Most bytes of one answer.', integer, 32 << 20)
    .optionsGroup('Network (never used unless asked):')
    .option('--network', 'Fetch what no source holds; hosts are named first.')
    .option('--rdap-live', 'Ask registries for domains that --rdap lacks.')
    .option('--bootstrap <dns.json>', "IANA's list of RDAP servers (else fetched).")
    .option('--allow-private', 'Also addresses of this machine and its networks.')
    .option('--per-host <n>', 'Requests at once to one host.', integer, 2)
    .option('--delay <ms>', 'Time between two requests to one host.', integer, 250)
    .option('--timeout <ms>', 'Silence after which a server is left.', integer, 20_000)
    .option('--retries <n>', 'Tries after the first.', integer, 2)
    .option('--redirects <n>', 'Redirects followed, each new host named.', integer, 5)
}

function moment(text: string): string {
  const time = Date.parse(text)
  if (Number.isNaN(time) || !/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text))
    throw new InvalidArgumentError('Write it as 2026-11-21 or 2026-11-21T12:00:00Z.')
  return new Date(time).toISOString()
}
