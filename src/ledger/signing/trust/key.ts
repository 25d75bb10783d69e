import { createHash, type KeyObject, verify } from 'node:crypto'
import type { Material } from './bundle.ts'
import { Refused } from './refused.ts'

/** The hash that goes with each curve (Sigstore's registry of algorithms). No other curve is accepted. */
const hashOfCurve: Readonly<Record<string, string>> = { prime256v1: 'sha256', secp384r1: 'sha384', secp521r1: 'sha512' }

/** The curve as people call it. */
export const curveNames: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}

/** The hash to sign and verify with under a key; null when the key is none that model signing uses. */
export function hashOfKey(key: KeyObject): string | null {
  if (key.asymmetricKeyType !== 'ec') return null
  return hashOfCurve[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? null
}

/** Hex SHA-256 over the PEM text of a public key, its last newline included: how bundles hint at a key. */
export const hintOf = (key: KeyObject): string => createHash('sha256').update(pemOf(key)).digest('hex')

const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString()

/** True when `signature` (DER) is the key's over `data`; `hash` is given for the old bundles that always used SHA-256. */
export function isSignedBy(key: KeyObject, data: Uint8Array, signature: Uint8Array, hash = hashOfKey(key)): boolean {
  if (hash === null || hashOfKey(key) === null) return false
  try {
    return verify(hash, data, { key, dsaEncoding: 'der' }, signature)
  } catch {
    return false
  }
}

/** Refuses a bundle that says it was signed with another key than the user's. What it says never decides for it. */
export function refuseOtherKey({ hint, key: given }: Extract<Material, { mode: 'key' }>, key: KeyObject): void {
  if (hint !== '' && hint !== hintOf(key))
    throw new Refused('wrong-key', `The bundle was signed with another key: its hint is ${hint.slice(0, 64)}.`)
  if (given === null) return
  const der = key.export({ type: 'spki', format: 'der' })
  if (!given.equals(der) && given.toString('latin1').trim() !== pemOf(key).trim())
    throw new Refused('wrong-key', 'The bundle was signed with another key than the one given.')
}
