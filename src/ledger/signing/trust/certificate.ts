import { X509Certificate } from 'node:crypto'
import { type Der, DerError, hasBit, oidText, readAll, readOne, tags } from './der.ts'
import { Refused } from './refused.ts'

/** A certificate with what the rules of a chain need of it (RFC 5280). */
export interface Certificate {
  readonly der: Buffer
  readonly x509: X509Certificate
  /** Names as DER, to be compared byte for byte. */
  readonly subject: Buffer
  readonly issuer: Buffer
  readonly from: number
  readonly until: number
  readonly isCa: boolean
  /** Certificates of authorities that may stand between this one and the leaf; null for any number. */
  readonly pathLength: number | null
  /** Null when the certificate does not say what its key is for. */
  readonly usage: { readonly signs: boolean; readonly certifies: boolean } | null
  /** Object identifiers of what the key is for; null when it does not say. */
  readonly purposes: readonly string[] | null
  /** Extensions that must be obeyed and that nothing here knows. */
  readonly unknownCritical: readonly string[]
  readonly algorithm: string
}

/** What code signing is called in certificates. */
export const codeSigning = '1.3.6.1.5.5.7.3.3'

/** Larger certificates than this are none. */
const largest = 64 * 1024

/**
 * Critical extensions that are obeyed or cannot matter: basic constraints, key usage, extended key usage, key ids, and
 * alternative names, which decide nothing here.
 */
const known = new Set(['2.5.29.19', '2.5.29.15', '2.5.29.37', '2.5.29.14', '2.5.29.35', '2.5.29.17', '2.5.29.18'])
/** Restrictions that nothing here applies, so that ignoring them would trust too much, critical or not. */
const restricting = new Set(['2.5.29.30', '2.5.29.36', '2.5.29.54'])

/** Reads a certificate. Throws Refused with code `certificate` when it is none. */
export function readCertificate(der: Buffer): Certificate {
  if (der.length > largest) throw new Refused('certificate', `A certificate is larger than ${largest} bytes.`)
  try {
    return { der, x509: new X509Certificate(der), ...factsOf(der) }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Refused('certificate', `A certificate of the bundle cannot be read: ${why}.`)
  }
}

type Facts = Omit<Certificate, 'der' | 'x509'>

function factsOf(der: Buffer): Facts {
  const [tbs, algorithm] = readAll(readOne(der, tags.sequence).content, 3)
  const fields = readAll(of(tbs, tags.sequence).content, 12)
  const inner = fields[0]?.tag === tags.version ? fields.slice(1) : fields
  const [, signedBy, issuer, validity, subject] = inner
  if (!of(signedBy, tags.sequence).whole.equals(of(algorithm, tags.sequence).whole))
    throw new DerError('it names two signature algorithms')
  const [from, until] = readAll(of(validity, tags.sequence).content, 2).map(timeOf)
  return {
    subject: of(subject, tags.sequence).whole,
    issuer: of(issuer, tags.sequence).whole,
    from: from ?? Number.NaN,
    until: until ?? Number.NaN,
    algorithm: oidText(of(readAll(of(algorithm, tags.sequence).content, 2)[0])),
    ...extensionsOf(inner.find(field => field.tag === tags.extensions)),
  }
}

function of(value: Der | undefined, tag?: number): Der {
  if (!value || (tag !== undefined && value.tag !== tag)) throw new DerError('a field is missing')
  return value
}

/** UTCTime or GeneralizedTime in the one form of RFC 5280 4.1.2.5, in milliseconds. */
function timeOf({ tag, content }: Der): number {
  const found = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(content.toString('latin1'))
  const [, year = '', ...rest] = found ?? []
  if (!found || year.length !== (tag === 0x17 ? 2 : tag === 0x18 ? 4 : 0))
    throw new DerError('a time in no allowed form')
  const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900)
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = rest.map(Number)
  return Date.UTC(full, month - 1, day, hour, minute, second)
}

type Extensions = Pick<Facts, 'isCa' | 'pathLength' | 'usage' | 'purposes' | 'unknownCritical'>

function extensionsOf(field: Der | undefined): Extensions {
  const found = new Map<string, Buffer>()
  const unknownCritical: string[] = []
  const list = field ? readAll(readOne(field.content, tags.sequence).content) : []
  for (const extension of list) {
    const parts = readAll(of(extension, tags.sequence).content, 3)
    const oid = oidText(of(parts[0]))
    if (found.has(oid)) throw new DerError(`the extension ${oid} stands twice`)
    found.set(oid, of(parts.at(-1), tags.octets).content)
    const critical = parts.length === 3 && of(parts[1], tags.boolean).content[0] !== 0
    if (restricting.has(oid) || (critical && !known.has(oid))) unknownCritical.push(oid)
  }
  return {
    ...constraintsOf(found.get('2.5.29.19')),
    usage: usageOf(found.get('2.5.29.15')),
    purposes: purposesOf(found.get('2.5.29.37')),
    unknownCritical,
  }
}

function constraintsOf(bytes: Buffer | undefined): Pick<Facts, 'isCa' | 'pathLength'> {
  if (!bytes) return { isCa: false, pathLength: null }
  const parts = readAll(readOne(bytes, tags.sequence).content, 2)
  const isCa = parts[0]?.tag === tags.boolean && parts[0].content[0] !== 0
  const length = parts.find(part => part.tag === tags.integer)
  if (!length) return { isCa, pathLength: null }
  if (length.content.length > 4 || (length.content[0] ?? 0x80) >= 0x80) throw new DerError('a path length out of range')
  return { isCa, pathLength: length.content.readUIntBE(0, length.content.length) }
}

function usageOf(bytes: Buffer | undefined): Facts['usage'] {
  if (!bytes) return null
  const bits = readOne(bytes, tags.bits)
  return { signs: hasBit(bits, 0), certifies: hasBit(bits, 5) }
}

const purposesOf = (bytes: Buffer | undefined): readonly string[] | null =>
  bytes ? readAll(readOne(bytes, tags.sequence).content).map(oidText) : null

/** The subject of a certificate as one line, with its fingerprint: names alone prove nothing. */
export function certificateName({ x509 }: Certificate): string {
  const subject = x509.subject?.replaceAll('\n', ', ') ?? ''
  const alternative = x509.subjectAltName
  return [subject || alternative || 'no name', `sha256 ${x509.fingerprint256.replaceAll(':', '').toLowerCase()}`].join(
    ', ',
  )
}
