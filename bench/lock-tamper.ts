/** Seeded tampering with small trees that were locked: what `verify` must never accept. */
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type Random, seeded } from '../src/core/index.ts'
import { lockPath, verdictCode, verifyArtifact } from '../src/ledger/index.ts'

/** What became of the trees. */
export interface Tampering {
  readonly mutations: number
  /** Mutations that verify let pass, by kind. */
  readonly accepted: readonly string[]
  readonly untouched: number
  /** Untouched trees that verify found fault with. */
  readonly accused: number
}

const names = ['a', 'b.bin', 'sub/c', 'sub/d.json', 'x/y/z']

/** One tree on disk and the ways to tamper with it. */
class Victim {
  readonly root: string
  private readonly random: Random
  private readonly outside: string

  constructor(root: string, outside: string, random: Random) {
    this.root = root
    this.outside = outside
    this.random = random
    rmSync(root, { recursive: true, force: true })
    for (const name of names) this.put(name, `${name}${`${Math.floor(random() * 1e9)} `.repeat(1 + this.below(5))}`)
    this.put('ignored/readme', 'plain')
  }

  readonly ways: Readonly<Record<string, () => void>> = {
    flip: () => {
      const path = this.pick()
      const bytes = readFileSync(path)
      const { atime, mtime } = statSync(path)
      bytes[this.below(bytes.length)]! ^= 1 << this.below(8)
      writeFileSync(path, bytes)
      utimesSync(path, atime, mtime)
    },
    truncate: () => {
      const path = this.pick()
      truncateSync(path, this.below(statSync(path).size))
    },
    append: () => appendFileSync(this.pick(), '\0'),
    rename: () => renameSync(this.pick(), join(this.root, `moved${this.below(9)}`)),
    'swap names': () => {
      const [from, to] = [this.pick(), this.pick()]
      if (from === to) return appendFileSync(from, '!')
      renameSync(from, `${this.outside}-swap`)
      renameSync(to, from)
      renameSync(`${this.outside}-swap`, to)
    },
    add: () => this.put(`sub/new${this.below(9)}`, this.random() < 0.5 ? '' : 'x'),
    delete: () => rmSync(this.pick()),
    'link to equal bytes outside': () => {
      const path = this.pick()
      renameSync(path, this.outside)
      symlinkSync(this.outside, path)
    },
    'link to equal bytes inside': () => {
      const path = this.pick()
      renameSync(path, `${path}.kept`)
      symlinkSync(`${basename(path)}.kept`, path)
    },
    'hard link beside': () => {
      const path = this.pick()
      linkSync(path, join(this.root, 'again'))
    },
    case: () => {
      const path = this.pick()
      const upper = join(dirname(path), basename(path).toUpperCase())
      if (existsSync(upper)) appendFileSync(path, '!')
      else renameSync(path, upper)
    },
    'case beside': () => this.put(`sub/${['C', 'D.json', 'd.JSON'][this.below(3)]}`, 'x'),
    'folder for file': () => {
      const path = this.pick()
      const bytes = readFileSync(path)
      rmSync(path)
      mkdirSync(path)
      writeFileSync(join(path, 'inside'), bytes)
    },
    'ignored path, by its name': () => this.put('ignored/run.sh', 'rm -rf'),
    'ignored path, by its bytes': () => this.put('ignored/data', '#!/bin/sh'),
    'ignored folder as a file': () => {
      rmSync(join(this.root, 'ignored'), { recursive: true })
      this.put('ignored', 'x')
    },
  }

  private put(name: string, text: string): void {
    mkdirSync(dirname(join(this.root, name)), { recursive: true })
    writeFileSync(join(this.root, name), text)
  }

  private below = (limit: number): number => Math.floor(this.random() * limit)
  private pick = (): string => join(this.root, names[this.below(names.length)]!)
}

/** Tampers with trees in turn, every kind equally often, and verifies untouched ones between. */
export async function tampered(mutations: number, untouched: number, seed: number): Promise<Tampering> {
  const base = mkdtempSync(join(tmpdir(), 'bezoar-tamper-'))
  const random = seeded(seed)
  const place = join(base, 'bezoar.lock')
  const accepted: string[] = []
  let accused = 0
  try {
    for (let i = 0; i < mutations; i++) {
      const victim = new Victim(join(base, 'tree'), join(base, `outside${i}`), random)
      const ways = Object.entries(victim.ways)
      const [way, tamper] = ways[i % ways.length]!
      const { artifact } = await lockPath(victim.root, { lockPath: place, kind: 'model', ignore: ['/ignored/'] })
      const code = async () =>
        verdictCode([await verifyArtifact(artifact, { lockPath: place, algorithms: ['sha256'] })])
      if (i < untouched && (await code()) !== 0) accused++
      tamper()
      if ((await code()) !== 1) accepted.push(way)
    }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
  return { mutations, accepted, untouched, accused }
}
