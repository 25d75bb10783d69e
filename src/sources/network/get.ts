import { lookup as resolve } from 'node:dns'
import { type IncomingMessage, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { toolVersion } from '../../core/index.ts'
import { isPublicAddress } from './address.ts'

/** Bounds on what one answer may cost. */
export interface GetLimits {
  readonly mostBytes: number
  /** Milliseconds until the first byte of the answer, and between any two. */
  readonly silenceMs: number
  /** Milliseconds for one whole answer. */
  readonly totalMs: number
  /** Addresses of this machine and its networks may be asked. */
  readonly allowPrivate: boolean
}

/** Why there is no answer; closed, so that callers can tell what is worth another try. */
export type GetTrouble = 'private-address' | 'no-host' | 'too-large' | 'timeout' | 'network' | 'cut'

/** No answer, or no whole one. */
export class NoAnswer extends Error {
  readonly kind: GetTrouble

  constructor(kind: GetTrouble, message: string) {
    super(message)
    this.name = 'NoAnswer'
    this.kind = kind
  }
}

/** One answer of a server, whole. */
export interface Answer {
  readonly status: number
  readonly location: string | null
  readonly retryAfter: string | null
  readonly encoding: string
  readonly body: Buffer
}

/** Names the tool and nothing else: no cookies, no referrer, no credentials, and no compression, whose bytes vary. */
const headers = {
  'user-agent': `bezoar/${toolVersion} (checks recorded digests of data sets)`,
  accept: '*/*',
  'accept-encoding': 'identity',
}

/** Asks once for `url`, following nothing. Every address that its host resolves to is checked before it is contacted. */
export async function getOnce(url: URL, limits: GetLimits, signal: AbortSignal): Promise<Answer> {
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) && !limits.allowPrivate && !isPublicAddress(url.hostname))
    throw new NoAnswer('private-address', `${url.hostname} is not on the public internet`)
  const over = AbortSignal.timeout(limits.totalMs)
  const ended = AbortSignal.any([signal, over])
  try {
    return await asked(url, limits, ended)
  } catch (reason) {
    if (over.aborted && !signal.aborted)
      throw new NoAnswer('timeout', `the answer took longer than ${limits.totalMs} ms`)
    throw reason instanceof NoAnswer || signal.aborted ? reason : networkTrouble(reason)
  }
}

function asked(url: URL, limits: GetLimits, signal: AbortSignal): Promise<Answer> {
  // A user and password in the list are not ours to send.
  const target = new URL(url)
  target.username = target.password = ''
  return new Promise((resolve, reject) => {
    const send = target.protocol === 'https:' ? secure : plain
    const { allowPrivate, silenceMs } = limits
    const request = send(target, { headers, signal, agent: false, timeout: silenceMs, lookup: checked(allowPrivate) })
    request.once('timeout', () =>
      request.destroy(new NoAnswer('timeout', `the server said nothing for ${silenceMs} ms`)),
    )
    request.on('error', reject)
    request.once('response', answer => bodyOf(answer, limits).then(resolve, reject))
    request.end()
  })
}

async function bodyOf(answer: IncomingMessage, { mostBytes }: GetLimits): Promise<Answer> {
  const chunks: Buffer[] = []
  let bytes = 0
  const tooLarge = () => new NoAnswer('too-large', `the answer has more than ${mostBytes} bytes`)
  try {
    if (Number(answer.headers['content-length']) > mostBytes) throw tooLarge()
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > mostBytes) throw tooLarge()
      chunks.push(chunk)
    }
  } catch (reason) {
    answer.destroy()
    const code = codeOf(reason)
    if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
      throw new NoAnswer('cut', `the answer was cut after ${bytes} bytes`)
    throw reason
  }
  const { location = null, 'retry-after': retryAfter = null, 'content-encoding': encoding = '' } = answer.headers
  return { status: answer.statusCode ?? 0, location, retryAfter, encoding, body: Buffer.concat(chunks) }
}

/** Resolves a host and refuses it when any of its addresses is private: which of them is asked is not ours to choose. */
const checked =
  (allowPrivate: boolean): LookupFunction =>
  (host, options, done) =>
    resolve(host, { ...options, all: true }, (reason, addresses) => {
      if (reason) return done(reason, '', 0)
      const bad = addresses.find(({ address }) => !allowPrivate && !isPublicAddress(address))
      if (bad) return done(new NoAnswer('private-address', `${host} leads to ${bad.address}`), '', 0)
      if (options.all) return done(null, addresses)
      done(null, addresses[0]!.address, addresses[0]!.family)
    })

const codeOf = (reason: unknown): string => (reason instanceof Error && 'code' in reason ? String(reason.code) : '')

function networkTrouble(reason: unknown): NoAnswer {
  const code = codeOf(reason)
  if (code === 'ENOTFOUND' || code === 'ENODATA') return new NoAnswer('no-host', 'there is no such host')
  if (code === 'ECONNRESET') return new NoAnswer('network', 'the server closed the connection')
  return new NoAnswer('network', code || (reason instanceof Error ? reason.message.slice(0, 120) : 'unknown trouble'))
}
