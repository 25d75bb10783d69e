import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../core/index.ts'
import { keylessSignerAt, readCertificates, readPrivateKey, type Signer, signArtifact } from '../ledger/index.ts'
import { interruptible } from './interrupt.ts'
import { passphraseOf } from './passphrase.ts'
import { progressLine } from './progress.ts'
import { seen } from './seen.ts'
import type { SignFlags } from './sign.ts'
import { wrapped } from './text.ts'
import { writeNew } from './write.ts'

const bad = (message: string, remedy: string): Fault => new Fault('bad-option', message, remedy)

/** Signs what the user names and writes the bundle; the text for stdout. */
export async function signed(path: string, flags: SignFlags): Promise<string> {
  const out = flags.out ?? defaultPlace(path)
  if (!flags.force && exists(out))
    throw new Fault('would-overwrite', `${out} is there already.`, 'Give --force to overwrite it.')
  const signer = await signerOf(flags)
  const { signal, release } = interruptible('Stopping: nothing is signed.')
  const line = progressLine(flags.quiet === true)
  try {
    const made = await signArtifact({
      path,
      signature: out,
      signer,
      ...enumeration(flags),
      onProgress: ({ bytes, ofBytes }) => line.show(`Hashing: ${Math.floor((100 * bytes) / Math.max(1, ofBytes))} %`),
      signal,
    })
    line.clear()
    await writeNew(out, made.bundle, flags.force === true)
    return told(out, made)
  } finally {
    line.clear()
    release()
  }
}

/** Inside a folder, so that it travels with it; beside a file. */
function defaultPlace(path: string): string {
  return isFolder(path) ? join(path, 'model.sig') : `${path}.sig`
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined

function enumeration(flags: SignFlags) {
  if (flags.shardSize === 0)
    throw bad('--shard-size 0: ranges hold at least one byte.', 'Give a number such as 1000000000.')
  const refuseExecutables =
    flags.strict === true ? ('all' as const) : flags.strict === false ? ('none' as const) : undefined
  return {
    ...(flags.hash === undefined ? {} : { hashType: flags.hash }),
    ...(flags.shardSize === undefined ? {} : { shardBytes: flags.shardSize }),
    ...(flags.threads === undefined ? {} : { workers: flags.threads }),
    ...(refuseExecutables === undefined ? {} : { refuseExecutables }),
    ...(flags.compat === undefined ? {} : { compat: flags.compat }),
    ignorePaths: flags.ignorePath ?? [],
    allowSymlinks: flags.allowSymlinks === true,
  }
}

async function signerOf(flags: SignFlags): Promise<Signer> {
  const { key, certificate, chain = [], sigstore } = flags
  if (sigstore) return keyless(flags)
  for (const [flag, value] of [
    ['--identity-token', flags.identityToken],
    ['--fulcio', flags.fulcio],
    ['--rekor', flags.rekor],
  ])
    if (value !== undefined) throw bad(`${flag} has no meaning without --sigstore.`, 'Give both, or neither.')
  if (key === undefined)
    throw bad('Nothing is named to sign with.', 'Give --key, --certificate with --key, or --sigstore.')
  if (certificate === undefined && chain.length > 0)
    throw bad('--chain has no meaning without --certificate.', 'Give both, or neither.')
  const certificates = certificate === undefined ? null : await readCertificates([certificate, ...chain])
  const secret = await readPrivateKey({ key, passphrase: passphraseOf(key) })
  return certificates === null
    ? { mode: 'key', key: secret }
    : { mode: 'certificate', key: secret, chain: certificates, at: Date.now() }
}

function keyless({
  key,
  certificate,
  chain,
  identityToken = 'env:SIGSTORE_ID_TOKEN',
  fulcio,
  rekor,
}: SignFlags): Signer {
  if (key !== undefined || certificate !== undefined || chain !== undefined)
    throw bad('--sigstore signs without a key or a certificate of yours.', 'Give one way to sign.')
  const token = identityToken.startsWith('env:') ? process.env[identityToken.slice(4)] : identityToken
  return keylessSignerAt({
    token,
    fulcio,
    rekor,
    onHosts: hosts =>
      process.stderr.write(
        `Contacting ${hosts.map(seen).join(' and ')}. The identity in your token becomes public for ever.\n`,
      ),
  })
}

const count = (files: number): string => `${files.toLocaleString('en-US')} file${files === 1 ? '' : 's'}`

function told(out: string, made: Awaited<ReturnType<typeof signArtifact>>): string {
  const lines = [
    `Signed ${count(made.files)}, ${made.bytes.toLocaleString('en-US')} bytes: ${seen(out)}`,
    `  by ${seen(made.signer)}`,
    `  root ${made.root}`,
  ]
  const { ignored } = made
  if (ignored.length > 0)
    lines.push(
      wrapped(
        `Not signed, being ignored: ${count(ignored.length)} (${ignored.slice(0, 5).join(', ')}${ignored.length > 5 ? ', …' : ''}).`,
        '  ! ',
        '    ',
      ),
    )
  return `${lines.join('\n')}\n`
}
