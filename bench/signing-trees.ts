import { createPublicKey } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pick, type Random } from '../src/core/index.ts'
import { readCertificates, readPrivateKey, type Signer, type Trust, trustFrom } from '../src/ledger/index.ts'
import { type Curve, chain, newKey, valid } from '../test/signing/authority.ts'
import { FakeSigstore } from '../test/signing/fake-sigstore.ts'

/** A way to sign, whom that makes one trust, and the files that another implementation needs for it. */
export interface Mode {
  readonly name: string
  readonly signer: Signer
  readonly trust: Trust
  readonly files: Readonly<Record<string, string>>
}

const write = (path: string, text: string): string => {
  writeFileSync(path, text)
  return path
}

async function keyMode(folder: string, curve: Curve): Promise<Mode> {
  const key = newKey(curve)
  const secret = write(join(folder, `${curve}.pem`), key.export({ type: 'pkcs8', format: 'pem' }).toString())
  const open = write(
    join(folder, `${curve}.pub`),
    createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
  )
  const signer = { mode: 'key' as const, key: await readPrivateKey({ key: secret }) }
  return { name: curve, signer, trust: await trustFrom({ key: open }, valid), files: { key: secret, public: open } }
}

async function certificateMode(folder: string, curve: Curve): Promise<Mode> {
  const { root, middle, leaf } = chain({ key: newKey(curve) })
  const file = (name: string, text: string) => write(join(folder, `${name}-${curve}.pem`), text)
  const files = {
    key: file('leaf-key', leaf.key.export({ type: 'pkcs8', format: 'pem' }).toString()),
    certificate: file('leaf', leaf.pem),
    chain: file('middle', middle.pem),
    root: file('root', root.pem),
  }
  const certificates = await readCertificates([files.certificate, files.chain])
  const signer = { mode: 'certificate' as const, key: leaf.key, chain: certificates, at: valid }
  return {
    name: `certificate ${curve}`,
    signer,
    trust: await trustFrom({ roots: [files.root], at: at(valid) }, valid),
    files,
  }
}

const at = (time: number): string => new Date(time).toISOString()

/** A Sigstore of one's own, and an identity there. */
export async function sigstoreMode(folder: string): Promise<Mode> {
  const instance = new FakeSigstore()
  const who = { identity: 'ada@example.org', issuer: 'https://issuer.example' }
  const trustedRoot = write(join(folder, 'trusted-root.json'), JSON.stringify(instance.trustedRoot()))
  const bundleOf = async (payload: Buffer) =>
    instance.bundle(payload, instance.certify(who.identity, who.issuer, valid), valid)
  return {
    name: 'sigstore',
    signer: { mode: 'sigstore', bundleOf },
    trust: await trustFrom({ ...who, trustedRoot }, valid),
    files: {},
  }
}

/** The four modes that need no service. */
export const offlineModes = async (folder: string): Promise<Mode[]> => [
  await keyMode(folder, 'P-256'),
  await keyMode(folder, 'P-384'),
  await keyMode(folder, 'P-521'),
  await certificateMode(folder, 'P-384'),
]

const names = [
  'a',
  'b',
  'model',
  'é',
  'e\u0301',
  '模型',
  '🙂',
  '\uffee',
  'A b',
  '-x',
  '..x',
  'x:0:5',
  'x.bin',
  'Model',
  '#',
  '%41',
  "'",
  '"',
]
const between = ['.', '-', '/', '/', '', ' ', '0']

/** Writes a tree of files by chance: names that sort differently by parts and by characters, empty files, deep folders. */
export function randomTree(
  root: string,
  random: Random,
  least = 1,
  allowed: (name: string) => boolean = () => true,
): string[] {
  const made = new Map<string, Buffer>()
  const folders = new Set<string>()
  const want = least + Math.floor(random() * 12)
  for (let tries = 0; made.size < want && tries < 200; tries++) {
    let name = pick(names, random)
    for (let depth = Math.floor(random() * 4); depth > 0; depth--) name += pick(between, random) + pick(names, random)
    const above = name
      .split('/')
      .slice(0, -1)
      .map((_, i, parts) => parts.slice(0, i + 1).join('/'))
    if (
      !allowed(name) ||
      made.has(name) ||
      folders.has(name) ||
      above.some(folder => made.has(folder)) ||
      /(^|\/)\.{0,2}(\/|$)/.test(name)
    )
      continue
    for (const folder of above) folders.add(folder)
    const size = random() < 0.2 ? 0 : Math.floor(random() ** 3 * 5000)
    made.set(name, Buffer.from(Uint8Array.from({ length: size }, () => Math.floor(random() * 256))))
  }
  mkdirSync(root, { recursive: true })
  for (const [name, content] of made) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  return [...made.keys()]
}
