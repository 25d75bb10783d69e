/**
 * Signs and verifies as the bars ask: `npx tsx bench/signing.ts [--trees 500] [--mutations 2400]
 * [--untouched 200] [--reference 500] [--seed 1]`. Prints how many published vectors, random trees, tampered and
 * untouched trees are decided rightly. With BEZOAR_PYTHON naming a Python that has `model-signing`, the reference
 * verifies our signatures and we verify its.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { Fault, pick, seeded } from '../src/core/index.ts'
import { type SignOptions, signArtifact, type Trust, verifySignature } from '../src/ledger/index.ts'
import { mutations, needs, type Target } from './signing-mutations.ts'
import { type Mode, offlineModes, randomTree, sigstoreMode } from './signing-trees.ts'
import { vectorsDecided } from './signing-vectors.ts'

const { values } = parseArgs({
  options: {
    trees: { type: 'string', default: '500' },
    mutations: { type: 'string', default: '2400' },
    untouched: { type: 'string', default: '200' },
    reference: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
  },
})
const random = seeded(Number(values.seed))
const folder = mkdtempSync(join(tmpdir(), 'bezoar-signing-'))
const modes = await offlineModes(folder)
const keyless = await sigstoreMode(folder)
let failed = false
let made = 0

const say = (what: string, good: number, of: number, more = ''): void => {
  if (good !== of) failed = true
  process.stdout.write(`${what.padEnd(52)} ${good} of ${of}${more}\n`)
}
const place = (): { root: string; signature: string } => {
  const own = join(folder, `t${made++}`)
  mkdirSync(own)
  return { root: join(own, 'model'), signature: join(own, 'model.sig') }
}

async function sign(mode: Mode, root: string, signature: string, options: Partial<SignOptions> = {}): Promise<void> {
  const { bundle } = await signArtifact({ path: root, signature, signer: mode.signer, workers: 0, ...options })
  writeFileSync(signature, bundle)
}

/** Why it is not accepted; empty when it is. */
async function refusal(path: string, signature: string, trust: Trust): Promise<string> {
  try {
    const { ok, refusals } = await verifySignature({ path, signature, trust, workers: 0 })
    return ok ? '' : (refusals[0]?.code ?? 'not accepted, and no reason given')
  } catch (reason) {
    if (reason instanceof Fault) return reason.code
    throw reason
  }
}

/** Ways to enumerate and hash, in turn. */
const ways: readonly Partial<SignOptions>[] = [{}, { hashType: 'blake3' }, { hashType: 'blake2b' }, { shardBytes: 512 }]

async function roundTrips(count: number): Promise<void> {
  const good = new Map(modes.map(({ name }) => [name, 0]))
  for (let i = 0; i < count; i++) {
    const { root, signature } = place()
    randomTree(root, random)
    writeFileSync(join(root, 'zz'), 'never empty')
    for (const mode of modes) {
      await sign(mode, root, signature, ways[i % ways.length])
      const why = await refusal(root, signature, mode.trust)
      if (why === '') good.set(mode.name, good.get(mode.name)! + 1)
      else process.stdout.write(`  ${root} ${mode.name}: ${why}\n`)
    }
    rmSync(join(root, '..'), { recursive: true })
  }
  for (const [name, n] of good) say(`round trip, ${name}`, n, count)
}

/** A signed tree with something under an ignored path and a repository beside. */
async function target(mode: Mode): Promise<Target> {
  const { root, signature } = place()
  const names = randomTree(root, random, 3)
  mkdirSync(join(root, 'cache'), { recursive: true })
  writeFileSync(join(root, 'cache', 'notes.txt'), 'x')
  mkdirSync(join(root, '.git', 'hooks'), { recursive: true })
  writeFileSync(join(root, '.git', 'hooks', 'pre-push'), '#!/bin/sh')
  await sign(mode, root, signature, { ignorePaths: ['cache'] })
  const other = place()
  randomTree(other.root, random, 3)
  writeFileSync(join(other.root, 'only here'), 'x')
  await sign(mode, other.root, other.signature)
  return { root, signature, names, mode, otherSignature: other.signature, random }
}

const drop = ({ root, otherSignature }: Target): void => {
  rmSync(join(root, '..'), { recursive: true })
  rmSync(join(otherSignature, '..'), { recursive: true })
}

async function tampered(count: number): Promise<void> {
  const kinds = Object.entries(mutations)
  const tally = new Map(kinds.map(([kind]) => [kind, { made: 0, refused: 0, why: new Map<string, number>() }]))
  for (let done = 0, i = 0; done < count; i++) {
    const [kind, mutate] = kinds[i % kinds.length]!
    const fitting = [...modes, keyless].filter(({ signer }) => (needs[kind] ?? signer.mode) === signer.mode)
    const tree = await target(pick(fitting, random))
    const trust = await mutate(tree)
    if (trust !== null) {
      done++
      const entry = tally.get(kind)!
      entry.made++
      const why = await refusal(tree.root, tree.signature, trust ?? tree.mode.trust)
      if (why !== '') entry.refused++
      else process.stdout.write(`  ACCEPTED: ${kind}, ${tree.mode.name}\n`)
      entry.why.set(why, (entry.why.get(why) ?? 0) + 1)
    }
    drop(tree)
  }
  const sum = { made: 0, refused: 0 }
  for (const [kind, { made, refused, why }] of tally) {
    sum.made += made
    sum.refused += refused
    say(`  ${kind}`, refused, made, `  ${[...why].map(([code, n]) => `${code} ${n}`).join(', ')}`)
  }
  say('tampered trees refused', sum.refused, sum.made)
}

async function untouched(count: number): Promise<void> {
  let good = 0
  for (let i = 0; i < count; i++) {
    const tree = await target([...modes, keyless][i % (modes.length + 1)]!)
    if (i % 4 === 3) {
      symlinkSync(tree.names[0]!.split('/').at(-1)!, join(tree.root, tree.names[0]!, '..', 'link'))
      await sign(tree.mode, tree.root, tree.signature, { ignorePaths: ['cache'], allowSymlinks: true })
    }
    const why = await refusal(tree.root, tree.signature, tree.mode.trust)
    if (why === '') good++
    else process.stdout.write(`  FALSE ALARM: ${tree.mode.name} ${why}\n`)
    drop(tree)
  }
  say('untouched trees accepted', good, count)
}

/** The reference implementation, asked job by job. */
class Reference {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>

  constructor(python: string) {
    const script = new URL('./signing.py', import.meta.url).pathname
    this.#child = spawn(python, ['-X', 'utf8', script], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]()
  }

  async ask(job: Readonly<Record<string, unknown>>): Promise<{ ok: boolean; why?: string }> {
    this.#child.stdin!.write(`${JSON.stringify(job)}\n`)
    const { value, done } = await this.#lines.next()
    if (done) throw new Error('The reference ended early.')
    return JSON.parse(value) as { ok: boolean; why?: string }
  }

  end(): void {
    this.#child.stdin!.end()
  }
}

/** Ours and its names of the ways that both know. */
const shared = [
  { ours: {}, theirs: {} },
  { ours: { hashType: 'blake3' }, theirs: { hash: 'blake3' } },
  { ours: { shardBytes: 512, compat: 'reference' }, theirs: { shard_size: 512 } },
  { ours: { hashType: 'blake2b' }, theirs: { hash: 'blake2' } },
] as const

async function interoperates(python: string, count: number): Promise<void> {
  const reference = new Reference(python)
  const good = { ours: 0, theirs: 0, file: 0 }
  const note = (what: string, why: string) => process.stdout.write(`  ${what}: ${why}\n`)
  for (let i = 0; i < count; i++) {
    const { root, signature } = place()
    const mode = modes[i % modes.length]!
    const way = shared[Math.floor(i / modes.length) % shared.length]!
    // The reference cannot read the name of a range of a file whose own name holds a colon.
    randomTree(root, random, 1, name => !('shardBytes' in way.ours) || !name.includes(':'))
    writeFileSync(join(root, 'zz'), 'never empty')
    const job = { path: root, signature, ...mode.files, ...way.theirs }
    await sign(mode, root, signature, way.ours)
    const verdict = await reference.ask({ ...job, do: 'verify' })
    if (verdict.ok) good.ours++
    else note(`the reference refuses ours (${mode.name}, ${JSON.stringify(way.theirs)})`, verdict.why ?? '')
    rmSync(signature)
    const answer = await reference.ask({ ...job, do: 'sign' })
    const why = answer.ok ? await refusal(root, signature, mode.trust) : (answer.why ?? 'not signed')
    if (why === '') good.theirs++
    else note(`we refuse the reference (${mode.name}, ${JSON.stringify(way.theirs)})`, why)
    const file = join(root, 'zz')
    await sign(mode, file, signature, { compat: 'reference' })
    const single = await reference.ask({ ...mode.files, path: file, signature, do: 'verify' })
    if (single.ok) good.file++
    else note(`the reference refuses our file (${mode.name})`, single.why ?? '')
    rmSync(join(root, '..'), { recursive: true })
  }
  reference.end()
  say('the reference verifies ours', good.ours, count)
  say('we verify the reference', good.theirs, count)
  say('the reference verifies ours of a single file (compat)', good.file, count)
}

const vectors = await vectorsDecided(folder)
for (const { name, right } of vectors) if (!right) process.stdout.write(`  WRONG: ${name}\n`)
say('published vectors decided rightly', vectors.filter(({ right }) => right).length, vectors.length)
await roundTrips(Number(values.trees))
await tampered(Number(values.mutations))
await untouched(Number(values.untouched))
const python = process.env.BEZOAR_PYTHON
if (python) await interoperates(python, Number(values.reference))
else process.stdout.write('The reference was not asked: BEZOAR_PYTHON names no Python that has model-signing.\n')
rmSync(folder, { recursive: true })
process.exitCode = failed ? 1 : 0
