import { bundleToJSON } from '@sigstore/bundle'
import { Fault } from '../../core/index.ts'
import type { Signer } from './sign.ts'

/** A Sigstore instance and who signs there. */
export interface KeylessOptions {
  /** An OpenID Connect token for the audience `sigstore`; that of the CI job when absent. */
  readonly token?: string | undefined
  /** The authority; the public instance's when absent. */
  readonly fulcio?: string | undefined
  /** The log; the public instance's when absent. */
  readonly rekor?: string | undefined
  /** Told the hosts before any is contacted. */
  readonly onHosts: (hosts: readonly string[]) => void
  readonly timeoutMs?: number
}

const publicFulcio = 'https://fulcio.sigstore.dev'
const publicRekor = 'https://rekor.sigstore.dev'

/** Where a CI job gets its token, when it runs in one that gives any. */
const tokenService = 'ACTIONS_ID_TOKEN_REQUEST_URL'

/** A signer that asks a Sigstore instance for a certificate and enters the signature in its public log. Uses the network. */
export function keylessSignerAt(options: KeylessOptions): Extract<Signer, { mode: 'sigstore' }> {
  const fulcioBaseURL = address(options.fulcio ?? publicFulcio)
  const rekorBaseURL = address(options.rekor ?? publicRekor)
  const { token, timeoutMs = 30_000 } = options
  const service = process.env[tokenService]
  if (!token && !service)
    throw new Fault(
      'bad-key',
      'Signing by Sigstore needs an identity token.',
      'Put an OpenID Connect token for the audience "sigstore" into SIGSTORE_ID_TOKEN, or sign in a CI job that gives one.',
    )
  const asked = [fulcioBaseURL, rekorBaseURL, ...(token || !service ? [] : [service])].map(url => new URL(url).host)
  return {
    mode: 'sigstore',
    bundleOf: async (payload, type) => {
      options.onHosts([...new Set(asked)])
      // Loaded here, because only this way of signing needs a network client.
      const { CIContextProvider, DSSEBundleBuilder, FulcioSigner, RekorWitness } = await import('@sigstore/sign')
      const identityProvider = token ? { getToken: async () => token } : new CIContextProvider('sigstore')
      const network = { retry: 1, timeout: timeoutMs }
      const builder = new DSSEBundleBuilder({
        signer: new FulcioSigner({ fulcioBaseURL, identityProvider, ...network }),
        witnesses: [new RekorWitness({ rekorBaseURL, entryType: 'dsse', ...network })],
      })
      const bundle = await builder.create({ data: payload, type }).catch(unreachable)
      return `${JSON.stringify(bundleToJSON(bundle), null, 2)}\n`
    },
  }
}

function address(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null
  const isLocal = parsed?.hostname === '127.0.0.1' || parsed?.hostname === 'localhost'
  if (parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && isLocal)) return url.replace(/\/+$/, '')
  throw new Fault(
    'bad-option',
    `${url} is no https address.`,
    'An identity token is sent there: name an https address.',
  )
}

/** What the library throws holds what it sent; only its own sentence is passed on, without what could be a token. */
function unreachable(cause: unknown): never {
  const why =
    cause instanceof Error ? cause.message.replace(/[A-Za-z0-9_-]{16,}(\.[A-Za-z0-9_-]+){2}/g, '…') : 'unknown'
  throw new Fault('network', `Sigstore did not sign: ${why}.`, 'Check the token, the network and the addresses.')
}
