import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { preAuthentication } from '../signing/trust/dsse.ts'
import { hashOfKey, hintOf, isSignedBy } from '../signing/trust/key.ts'
import { payloadType } from './statement.ts'

/** A DSSE envelope: the bytes of a statement, and signatures over them. */
export interface Envelope {
  readonly payload: string
  readonly payloadType: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

/** Signs the bytes of a statement with a key that model signing knows. The key id is the hint that its bundles use. */
export function signedEnvelope(statement: string, key: KeyObject): Envelope {
  const payload = Buffer.from(statement)
  const sig = sign(hashOfKey(key), preAuthentication(payload), { key, dsaEncoding: 'der' })
  const keyid = hintOf(createPublicKey(key))
  return {
    payload: payload.toString('base64'),
    payloadType,
    signatures: [{ keyid, sig: sig.toString('base64') }],
  }
}

/** True when one of the signatures is the key's over the payload. What key ids say decides nothing. */
export function isSignedWith({ payload, signatures }: Envelope, key: KeyObject): boolean {
  const signed = preAuthentication(Buffer.from(payload, 'base64'))
  return signatures.slice(0, mostSignatures).some(({ sig }) => isSignedBy(key, signed, Buffer.from(sig, 'base64')))
}

/** Envelopes have one or a few; a list of millions would keep the verifier busy. */
const mostSignatures = 64
