import type { Worker } from 'node:worker_threads'
import { thread } from '../sources/lean.ts'
import { lookAt, lookWidth } from './look.ts'
import type { TreeFile } from './tree.ts'

/** Fewer files than this are looked at before a thread has started. */
const helpedFrom = 8000
const batchFiles = 1000

/** A file that was listed. */
interface Listed {
  readonly name: string
  readonly path: string
}

/**
 * Looks at the files of a tree while it is listed: a thread takes them from the front, and when the listing is done the
 * caller's own takes them from the back until the two meet.
 */
export class Looker {
  private readonly files: Listed[] = []
  private readonly looks: BigInt64Array[] = []
  /** Batches before this one went to the helper, those from `back` on are the caller's. */
  private front = 0
  private back = Number.POSITIVE_INFINITY
  private helper: Worker | null = null
  private pending: number | null = null
  private onIdle = () => {}

  get count(): number {
    return this.files.length
  }

  add(name: string, path: string): void {
    this.files.push({ name, path })
    if (this.files.length === helpedFrom) this.start()
    else if (this.pending === null && this.files.length % batchFiles === 0) this.give()
  }

  /** Files in the order in which they came, and those that cannot be looked at. */
  async all(): Promise<{ readonly files: TreeFile[]; readonly unseen: readonly Listed[] }> {
    this.back = Math.ceil(this.files.length / batchFiles)
    try {
      while (this.front < this.back) {
        this.back--
        this.looks[this.back] = lookAt(this.batch(this.back))
        await new Promise(setImmediate)
      }
      if (this.pending !== null)
        await new Promise<void>(resolve => {
          this.onIdle = resolve
        })
    } finally {
      await this.helper?.terminate()
    }
    return this.found()
  }

  private start(): void {
    this.helper = thread('look-worker', import.meta.url, {})
    this.helper.on('message', (looks: BigInt64Array) => this.taken(looks))
    // Whatever ends the helper, its batch is looked at here.
    this.helper.on('error', () => this.lost())
    this.helper.on('exit', () => this.lost())
    this.give()
  }

  private give(): void {
    const whole = Math.min(this.back, Math.floor(this.files.length / batchFiles))
    if (!this.helper || this.front >= whole) return
    this.pending = this.front++
    this.helper.postMessage(this.batch(this.pending))
  }

  private taken(looks: BigInt64Array): void {
    if (this.pending !== null) this.looks[this.pending] = looks
    this.pending = null
    this.give()
    if (this.pending === null) this.onIdle()
  }

  private lost(): void {
    this.helper = null
    if (this.pending !== null) this.taken(lookAt(this.batch(this.pending)))
  }

  private batch(index: number): string[] {
    return this.files.slice(index * batchFiles, (index + 1) * batchFiles).map(({ path }) => path)
  }

  private found(): { readonly files: TreeFile[]; readonly unseen: readonly Listed[] } {
    const files: TreeFile[] = []
    const unseen: Listed[] = []
    for (const [i, { name, path }] of this.files.entries()) {
      const looks = this.looks[Math.floor(i / batchFiles)]!
      const at = (i % batchFiles) * lookWidth
      const size = looks[at]!
      if (size < 0n) unseen.push({ name, path })
      else files.push(treeFile(name, path, size, looks, at))
    }
    return { files, unseen }
  }
}

const treeFile = (name: string, path: string, size: bigint, looks: BigInt64Array, at: number): TreeFile => ({
  name,
  path,
  sizeBytes: Number(size),
  mtimeNs: looks[at + 1]!,
  ctimeNs: looks[at + 2]!,
  inode: looks[at + 3]!,
  device: looks[at + 4]!,
})
