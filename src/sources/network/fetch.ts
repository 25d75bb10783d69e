import { setTimeout as pause } from 'node:timers/promises'
import { undecorated } from '../warc/http.ts'
import { type Answer, type GetLimits, getOnce, NoAnswer } from './get.ts'
import { type Pace, Turns } from './turns.ts'

/** How the network may be used. */
export interface NetworkOptions extends GetLimits, Pace {
  readonly redirects: number
  /** Tries after the first, for what may pass: silence, resets, 429 and 5xx. */
  readonly retries: number
  /** Most milliseconds between two tries, whatever the server asks for. */
  readonly mostWaitMs: number
  /** Told of every host before it is contacted for the first time because another one led there. */
  readonly onHost: (host: string, from: string) => void
}

export const defaultNetwork: Omit<NetworkOptions, 'onHost'> = {
  mostBytes: 32 << 20,
  silenceMs: 20_000,
  totalMs: 120_000,
  allowPrivate: false,
  perHost: 2,
  delayMs: 250,
  redirects: 5,
  retries: 2,
  mostWaitMs: 30_000,
}

/** What stands at an address now, or why that is not known. */
export type Fetched =
  | { readonly status: number; readonly body: Uint8Array; readonly finalUrl: string }
  | { readonly kind: FetchTrouble; readonly message: string; readonly finalUrl: string }

export type FetchTrouble = NoAnswer['kind'] | 'gone' | 'refused' | 'redirects' | 'bad-url'

/** Fetches addresses of the web, politely. Nothing is contacted that is not `http:` or `https:`. */
export interface Fetcher {
  fetch(url: string, signal: AbortSignal): Promise<Fetched>
}

/** Makes a fetcher. `known` are the hosts that the user was told of already. */
export function fetcher(known: (host: string) => boolean, options: NetworkOptions): Fetcher {
  const turns = new Turns(options)
  const told = new Set<string>()
  const name = (host: string, from: string) => {
    if (known(host) || told.has(host)) return
    told.add(host)
    options.onHost(host, from)
  }
  return {
    async fetch(url, signal) {
      let at = webAddress(url)
      if (at === null) return { kind: 'bad-url', message: 'no web address', finalUrl: url }
      const seen = new Set<string>()
      for (;;) {
        seen.add(at.href)
        const answer = await tried(at, turns, options, signal)
        if (answer instanceof NoAnswer) return { kind: answer.kind, message: answer.message, finalUrl: at.href }
        const next = redirectOf(answer, at)
        if (next === undefined) return settled(answer, at.href, options.mostBytes)
        const trouble = wrongTurn(next, seen, options.redirects)
        if (trouble !== null || next === null)
          return { kind: 'redirects', message: trouble ?? 'it leads nowhere', finalUrl: at.href }
        name(next.hostname, at.hostname)
        at = next
      }
    },
  }
}

/** The address as it is asked for; null when it is none of the web. */
function webAddress(url: string): URL | null {
  if (!URL.canParse(url)) return null
  const address = new URL(url)
  address.hash = ''
  return address.protocol === 'http:' || address.protocol === 'https:' ? address : null
}

/** Where an answer leads; undefined when it is no redirect, null when it leads to no web address. */
function redirectOf({ status, location }: Answer, from: URL): URL | null | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return undefined
  return URL.canParse(location, from.href) ? webAddress(new URL(location, from).href) : null
}

function wrongTurn(next: URL | null, seen: ReadonlySet<string>, most: number): string | null {
  if (next === null) return 'it leads to what is no web address'
  if (seen.has(next.href)) return 'it leads in a circle'
  return seen.size > most ? `it leads on more than ${most} times` : null
}

/** Statuses that say that nothing stands there any more. */
const goneFor = new Set([404, 410])

/** Encodings are undone where a server uses one although none was asked for: what stands there is what a reader sees. */
function settled({ status, body, encoding }: Answer, finalUrl: string, mostBytes: number): Fetched {
  if (status >= 200 && status < 300) {
    const { bytes, oddity } = undecorated(body, encoding, mostBytes)
    if (!oddity) return { status, body: bytes, finalUrl }
    return { kind: oddity.kind === 'too-large' ? 'too-large' : 'cut', message: oddity.message, finalUrl }
  }
  const message = `the server answered ${status}`
  return {
    kind: goneFor.has(status) ? 'gone' : status === 429 || status >= 500 ? 'network' : 'refused',
    message,
    finalUrl,
  }
}

async function tried(url: URL, turns: Turns, options: NetworkOptions, signal: AbortSignal): Promise<Answer | NoAnswer> {
  for (let attempt = 0; ; attempt++) {
    const answer = await turns
      .take(url.host, signal, () => getOnce(url, options, signal))
      .catch((reason: unknown) => (reason instanceof NoAnswer ? reason : Promise.reject(reason)))
    if (attempt >= options.retries || !mayPass(answer)) return answer
    await pause(waitOf(answer, attempt, options), undefined, { signal })
  }
}

const mayPass = (answer: Answer | NoAnswer): boolean =>
  answer instanceof NoAnswer
    ? answer.kind === 'timeout' || answer.kind === 'network' || answer.kind === 'cut'
    : answer.status === 429 || answer.status >= 500

function waitOf(answer: Answer | NoAnswer, attempt: number, { delayMs, mostWaitMs }: NetworkOptions): number {
  const asked = answer instanceof NoAnswer ? Number.NaN : Number(answer.retryAfter ?? Number.NaN) * 1000
  const own = Math.max(delayMs, 500) * 2 ** attempt
  return Math.min(mostWaitMs, Number.isFinite(asked) && asked >= 0 ? Math.max(asked, delayMs) : own)
}
