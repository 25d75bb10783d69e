import { Fault } from '../core/index.ts'
import { type SignatureReport, trustFrom, verifySignature } from '../ledger/index.ts'
import { interruptible } from './interrupt.ts'
import { progressLine } from './progress.ts'
import { seen } from './seen.ts'
import type { SignatureFlags } from './signature-flags.ts'
import { wrapped } from './text.ts'

/** How to run, beside what to trust; the flags of locks say nothing about a signature. */
interface Running {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly workers?: number
  readonly lock?: string
  readonly fast?: boolean
  readonly cache?: string
  readonly allowIgnored?: boolean
  readonly hash?: string
  readonly rows?: boolean
}

/** More names of a kind than this help nobody. */
const mostShown = 20

/** Verifies a signature as the flags say; the text for stdout and the exit code. */
export async function verifiedSignature(
  path: string,
  flags: SignatureFlags & Running,
): Promise<{ text: string; code: number }> {
  const { signature, key, certificateChain: roots, at, identity, issuer, trustedRoot, strict } = flags
  if (signature === undefined) throw new Fault('bad-option', 'No signature is named.', 'Give --signature <file>.')
  refuseLockFlags(flags)
  const trust = await trustFrom({ key, roots, at, identity, issuer, trustedRoot }, Date.now())
  const { signal, release } = interruptible('Stopping: nothing is verified.')
  const line = progressLine(flags.quiet === true || flags.json === true)
  try {
    const report = await verifySignature({
      path,
      signature,
      trust,
      ignoreUnsigned: flags.ignoreUnsignedFiles === true,
      refuseExecutables: strict === true ? 'all' : strict === false ? 'none' : 'added',
      ...(flags.workers === undefined ? {} : { workers: flags.workers }),
      onProgress: ({ bytes, ofBytes }) => line.show(`Hashing: ${Math.floor((100 * bytes) / Math.max(1, ofBytes))} %`),
      signal,
    })
    line.clear()
    const text = flags.json ? `${JSON.stringify(report, null, 2)}\n` : told(path, report)
    return { text, code: report.ok ? 0 : 1 }
  } finally {
    line.clear()
    release()
  }
}

/** A signature is always checked byte by byte: a flag that says otherwise is refused, not ignored. */
function refuseLockFlags({ lock, fast, cache, allowIgnored, hash = 'sha256', rows = true }: Running): void {
  const lone = Object.entries({
    '--lock': lock,
    '--fast': fast,
    '--cache': cache,
    '--allow-ignored': allowIgnored,
    // The signature itself says with which hash.
    [`--hash ${hash}`]: hash === 'sha256' ? undefined : hash,
    '--no-rows': rows ? undefined : false,
  }).find(([, value]) => value !== undefined)
  if (lone) throw new Fault('bad-option', `${lone[0]} has no meaning with --signature.`, 'Give one of them.')
}

function told(path: string, report: SignatureReport): string {
  const files = `${report.files.toLocaleString('en-US')} file${report.files === 1 ? '' : 's'}`
  const lines = report.ok
    ? [`${seen(path)}: ${files}, ${report.bytes.toLocaleString('en-US')} bytes, as signed.`]
    : [`${seen(path)}: NOT as signed by whom you trust.`]
  if (report.signer !== '')
    lines.push(`  signed by ${seen(report.signer)}${report.signedAt === '' ? '' : `, ${report.signedAt}`}`)
  const shown = report.refusals.slice(0, mostShown).map(({ message }) => wrapped(message, '  x ', '    '))
  const more = report.refusals.length - shown.length
  lines.push(...shown, ...(more > 0 ? [`  … and ${more.toLocaleString('en-US')} more`] : []), ...notes(report))
  return `${lines.join('\n')}\n`
}

/** What the signature does not cover is said whatever the outcome. */
function notes({ ok, ignored, ignoredExecutables, unsigned, empty }: SignatureReport): string[] {
  const about: [string, readonly string[]][] = [
    ['not signed, under paths that the signature ignores', ignored],
    ['of these, running when used', ignoredExecutables],
    ['not signed, and let pass as you asked', ok ? unsigned : []],
    ['empty, which a signature by ranges does not cover', empty],
  ]
  return about.flatMap(([what, names]) =>
    names.length === 0
      ? []
      : [
          wrapped(
            `${names.length.toLocaleString('en-US')} ${what}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`,
            '  ! ',
            '    ',
          ),
        ],
  )
}
