import { createRequire } from 'node:module'
import type { TrustedRoot } from '@sigstore/protobuf-specs'
import { Fault } from '../../core/index.ts'
import { readSmall } from './keys.ts'
import type { Trust } from './trust/judge.ts'
import { type Identity, keylessSigner, trustedRootOf } from './trust/sigstore.ts'

const largestRoot = 16 * 1024 * 1024

/** Trust in an identity and its issuer at the Sigstore instance of a trusted root. */
export async function sigstoreTrust(path: string | undefined, wanted: Identity): Promise<Trust> {
  const root = await readTrustedRoot(path)
  return { mode: 'sigstore', signerOf: bundle => keylessSigner(bundle, root, wanted) }
}

/** The trusted root in a file, or the one that the Sigstore client shipped with this program knows. */
async function readTrustedRoot(path: string | undefined): Promise<TrustedRoot> {
  if (path === undefined) return shippedRoot()
  const bytes = await readSmall(path, largestRoot)
  let document: unknown
  try {
    document = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new Fault(
      'bad-key',
      `${path}: the trusted root is not JSON.`,
      'Give the trusted_root.json of the Sigstore instance.',
    )
  }
  return trustedRootOf(document, path)
}

const publicInstance = 'https://tuf-repo-cdn.sigstore.dev'

const require = createRequire(import.meta.url)

function shippedRoot(): TrustedRoot {
  const seeds: unknown = require('@sigstore/tuf/seeds.json')
  const targets = at(at(seeds, publicInstance), 'targets')
  const base64 = at(targets, 'trusted_root.json')
  const text = typeof base64 === 'string' ? Buffer.from(base64, 'base64').toString('utf8') : 'null'
  return trustedRootOf(JSON.parse(text), 'the trusted root of the public Sigstore instance, as shipped')
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined
