import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { Fault } from '../core/lean.ts'
import { thread } from '../sources/lean.ts'
import { type Hashed, RangeHasher, type Unit, unitOf } from './digest-range.ts'
import type { Word } from './digest-worker.ts'
import type { StatCache } from './stat-cache.ts'
import type { Algorithm, Digested, TreeFile } from './tree.ts'

/** How far hashing has come. */
export interface DigestProgress {
  readonly bytes: number
  readonly ofBytes: number
  readonly files: number
  readonly ofFiles: number
}

export interface DigestOptions {
  readonly algorithms: readonly Algorithm[]
  /** Threads; as many as the machine has cores, at most eight, when absent. 0 hashes on the caller's. */
  readonly workers?: number
  /** Digests each range of so many bytes on its own; whole files when absent. An empty file is one empty range. */
  readonly shardBytes?: number
  /** Digests of files whose stat is as it was are taken from here; new ones are put there. Whole files only. */
  readonly cache?: StatCache
  readonly onProgress?: (progress: DigestProgress) => void
  /** Told of files without digests, which the answer then lacks; without it the first one is thrown. */
  readonly onUnreadable?: (file: TreeFile, fault: Fault) => void
  readonly signal?: AbortSignal
}

/** A job smaller than this is done before a thread has started. */
const fewBytes = 8 << 20
const fewFiles = 400
/** Files are sent together up to this size and number, so that a message costs nothing beside its work. */
const batchBytes = 4 << 20
const batchFiles = 256

/**
 * Digests of files in the order given, each byte read once. The largest are hashed first, by whichever thread is free.
 * @throws Fault when a file cannot be read or changes meanwhile
 */
export async function digestFiles(files: readonly TreeFile[], options: DigestOptions): Promise<Digested[]> {
  const cache = options.shardBytes === undefined ? options.cache : undefined
  const known = files.map(file => cache?.get(file, options.algorithms))
  const owners: TreeFile[] = []
  const units: Unit[] = []
  for (const [i, file] of files.entries()) {
    if (known[i]) continue
    for (const unit of unitsOf(file, options.shardBytes)) {
      units.push(unit)
      owners.push(file)
    }
  }
  const results = await new Run(units, options).all()
  const digested: Digested[] = []
  let next = 0
  for (const [i, file] of files.entries()) {
    const digests = known[i]
    if (digests) digested.push(digestedOf(file, 0, file.sizeBytes, options.algorithms, digests))
    for (; owners[next] === file; next++) {
      const part = answer(file, units[next]!, results[next]!, options, cache)
      if (part) digested.push(part)
    }
  }
  return digested
}

function answer(
  file: TreeFile,
  { start, end }: Unit,
  result: Hashed,
  { algorithms, onUnreadable }: DigestOptions,
  cache: StatCache | undefined,
): Digested | null {
  if (!('code' in result)) {
    cache?.set(file, algorithms, result)
    return digestedOf(file, start, end, algorithms, result)
  }
  const fault = new Fault(result.code, result.message, result.remedy)
  if (!onUnreadable) throw fault
  onUnreadable(file, fault)
  return null
}

function digestedOf(
  { name, sizeBytes }: TreeFile,
  start: number,
  end: number,
  algorithms: readonly Algorithm[],
  values: readonly string[],
): Digested {
  const digests: Partial<Record<Algorithm, string>> = {}
  for (let i = 0; i < algorithms.length; i++) digests[algorithms[i]!] = values[i]!
  return { name, sizeBytes, start, end, digests }
}

function unitsOf(file: TreeFile, shardBytes = Number.POSITIVE_INFINITY): Unit[] {
  const units: Unit[] = []
  let start = 0
  do {
    const end = Math.min(file.sizeBytes, start + shardBytes)
    units.push(unitOf(file, start, end))
    start = end
  } while (start < file.sizeBytes)
  return units
}

/** The work of one call: what is left to hash, and who hashes it. */
class Run {
  private readonly batches: number[][] = []
  private readonly units: readonly Unit[]
  private readonly results: Hashed[]
  private readonly options: DigestOptions
  private readonly total = { bytes: 0, files: 0 }
  private readonly done = { bytes: 0, files: 0 }

  constructor(units: readonly Unit[], options: DigestOptions) {
    this.units = units
    this.results = new Array(units.length)
    this.options = options
    const open = [...units.keys()]
    for (const i of open) this.total.bytes += sizeOf(units[i]!)
    this.total.files = open.length
    // Stable, so that small files of one folder stay together.
    open.sort((a, b) => sizeOf(units[b]!) - sizeOf(units[a]!))
    let bytes = Number.POSITIVE_INFINITY
    for (const i of open) {
      const size = sizeOf(units[i]!)
      if (bytes + size > batchBytes || this.batches.at(-1)!.length >= batchFiles) {
        this.batches.push([])
        bytes = 0
      }
      this.batches.at(-1)!.push(i)
      bytes += size
    }
  }

  /** What became of each unit, in their order. */
  async all(): Promise<readonly Hashed[]> {
    this.options.signal?.throwIfAborted()
    const wanted = this.options.workers ?? Math.min(8, availableParallelism())
    const isSmall = this.total.bytes < fewBytes && this.total.files < fewFiles
    if (this.batches.length === 0) return this.results
    if (wanted === 0 || isSmall) await this.here()
    else await this.onThreads(Math.min(wanted, this.batches.length))
    return this.results
  }

  private async here(): Promise<void> {
    const hasher = await RangeHasher.for(this.options.algorithms)
    for (const batch of this.batches) {
      this.options.signal?.throwIfAborted()
      const results = batch.map(i => hasher.hash(this.units[i]!, count => this.progress(count)))
      this.finish(batch, results)
      await new Promise(setImmediate)
    }
  }

  private async onThreads(count: number): Promise<void> {
    const workers = Array.from({ length: count }, () =>
      thread('digest-worker', import.meta.url, { workerData: this.options.algorithms }),
    )
    const { signal } = this.options
    let stop = () => {}
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(signal!.reason)
      signal?.addEventListener('abort', stop)
    })
    try {
      const next = this.batches.values()
      await Promise.race([stopped, Promise.all(workers.map(worker => this.work(worker, next)))])
    } finally {
      signal?.removeEventListener('abort', stop)
      await Promise.all(workers.map(worker => worker.terminate()))
    }
  }

  /** One thread takes batches until there are none. */
  private work(worker: Worker, batches: Iterator<number[]>): Promise<void> {
    return new Promise((resolve, reject) => {
      let batch: number[] = []
      const take = () => {
        const { value, done } = batches.next()
        if (done) return resolve()
        batch = value
        worker.postMessage(batch.map(i => this.units[i]!))
      }
      worker.on('message', ({ bytes, results }: Word) => {
        this.progress(bytes)
        if (!results) return
        this.finish(batch, results)
        take()
      })
      worker.on('error', reject)
      worker.on('exit', code => reject(new Error(`A hashing thread ended early (${code}).`)))
      take()
    })
  }

  private finish(batch: readonly number[], results: readonly Hashed[]): void {
    for (const [k, i] of batch.entries()) this.results[i] = results[k]!
    this.done.files += batch.length
    this.progress(0)
  }

  private progress(bytes: number): void {
    this.done.bytes += bytes
    this.options.onProgress?.({
      bytes: this.done.bytes,
      ofBytes: this.total.bytes,
      files: this.done.files,
      ofFiles: this.total.files,
    })
  }
}

const sizeOf = ({ start, end }: Unit): number => end - start
