import { createReadStream } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Fault, hashString } from '../../core/index.ts'

/** Files that a table without order is dealt to; a page's revisions all go to one. */
const buckets = 64
const bufferCharacters = 1 << 16

/** Lines on the disk, dealt to files by a name. */
export interface Spill {
  put(name: string, line: string): Promise<void>
  /** Ends writing and gives the files. */
  files(): Promise<readonly string[]>
  /** A further file in the same place. */
  write(name: string, text: string): Promise<string>
  remove(): Promise<void>
}

/** Begins in a folder of its own. @param mostBytes more on the disk is refused */
export async function spill(mostBytes: number): Promise<Spill> {
  const folder = await mkdtemp(join(tmpdir(), 'bezoar-pages-'))
  const paths = Array.from({ length: buckets }, (_, k) => join(folder, `${k}.jsonl`))
  const handles: FileHandle[] = []
  const waiting: string[][] = paths.map(() => [])
  const length = new Float64Array(buckets)
  let bytes = 0
  const flush = async (k: number) => {
    const text = waiting[k]!.join('')
    waiting[k] = []
    length[k] = 0
    bytes += Buffer.byteLength(text)
    if (bytes > mostBytes) throw tooLarge(mostBytes)
    handles[k] ??= await open(paths[k]!, 'a')
    await handles[k]!.appendFile(text)
  }
  return {
    async put(name, line) {
      const k = (hashString(name, 0x77) >>> 0) % buckets
      waiting[k]!.push(line)
      length[k]! += line.length
      if (length[k]! > bufferCharacters) await flush(k)
    },
    async files() {
      for (let k = 0; k < buckets; k++) if (length[k]! > 0) await flush(k)
      await Promise.all(handles.map(handle => handle?.close()))
      handles.length = 0
      const there = await Promise.all(
        paths.map(path =>
          stat(path).then(
            () => true,
            () => false,
          ),
        ),
      )
      return paths.filter((_, k) => there[k])
    },
    async write(name, text) {
      const path = join(folder, name)
      await writeFile(path, text)
      return path
    },
    async remove() {
      await Promise.allSettled(handles.map(handle => handle?.close()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const tooLarge = (mostBytes: number): Fault =>
  new Fault(
    'bad-option',
    `The rows of a page do not stand together, and grouping them would take more than ${mostBytes / 2 ** 30} GiB of disk.`,
    'Sort the table by page, or give it in parts that each hold whole pages.',
  )

/** Lines of a text file, one at a time. */
export async function* linesIn(path: string): AsyncIterable<string> {
  const reader = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })
  try {
    for await (const line of reader) if (line !== '') yield line
  } finally {
    reader.close()
  }
}
