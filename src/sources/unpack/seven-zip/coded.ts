import type { Source } from '../../../core/index.ts'
import { Broken } from '../../broken.ts'
import { inflateFlow } from '../../gzip.ts'
import { unzstd } from '../../zstd.ts'
import { bzip2Steps } from '../bzip2.ts'
import { type Stage, undelta, unx86 } from '../filters.ts'
import { flow, type Steps } from '../flow.ts'
import { lzma2Steps, lzmaSteps } from '../xz.ts'
import { type Coder, type Folder, orderOf } from './header.ts'

const readBytes = 4 << 20

type Flow = AsyncIterable<Uint8Array>
/** Undoes one coder; `size` is what it gives. */
type Undo = (stream: Flow, coder: Coder, size: number, mostBytes: number) => Flow

const bySteps =
  (steps: (coder: Coder, size: number) => Steps): Undo =>
  (stream, coder, size, most) =>
    flow(stream, most, steps(coder, size))

const x86: Undo = stream => filtered(stream, unx86)

/** What is read here, by method. */
const undoing: Readonly<Record<string, Undo>> = {
  '00': stream => stream,
  '21': bySteps(
    ({ properties }) =>
      (input, sink) =>
        lzma2Steps(input, sink, properties[0] ?? 255),
  ),
  '030101': bySteps(lzmaOf),
  '040108': (stream, _coder, _size, most) => inflateFlow(stream, most),
  '040202': bySteps(() => bzip2Steps()),
  '04f71101': (stream, _coder, _size, most) => unzstd(stream, most),
  '03': (stream, { properties }) => filtered(stream, next => undelta((properties[0] ?? 0) + 1, next)),
  '04': x86,
  '03030103': x86,
}

/** What is known and not read here. */
const others: Readonly<Record<string, string>> = {
  '030401': 'PPMd',
  '0303011b': 'BCJ2',
  '040109': 'Deflate64',
  '04f71104': 'LZ4',
  '05': 'the filter for PowerPC',
  '06': 'the filter for Itanium',
  '07': 'the filter for ARM',
  '08': 'the filter for ARM Thumb',
  '09': 'the filter for SPARC',
  '0a': 'the filter for ARM64',
  '03030205': 'the filter for PowerPC',
  '03030401': 'the filter for Itanium',
  '03030501': 'the filter for ARM',
  '03030701': 'the filter for ARM Thumb',
  '03030805': 'the filter for SPARC',
}
const encrypted = '06f10701'

/** What a folder of a 7z archive holds, through all its coders. Throws `Broken` for coders that are not read here. */
export async function* coded(source: Source, folder: Folder, mostBytes: number): AsyncGenerator<Uint8Array> {
  const { coders, packed, sizes } = folder
  if (coders.some(({ method }) => method === encrypted))
    throw new Broken('encrypted', 'the 7z archive is encrypted: unpack it with its password first')
  const strange = coders.find(({ method }) => !undoing[method])
  const order = orderOf(folder)
  if (strange || !order || packed.length !== 1) {
    const how = strange ? ` (${others[strange.method] ?? `method ${strange.method}`})` : ''
    throw new Broken('unsupported', `the 7z archive is packed in a way that is not read here${how}: unpack it first`)
  }
  const [{ start, end }] = packed as [{ start: number; end: number }]
  yield* order.reduce<Flow>(
    (stream, k) => {
      const [coder, size] = [coders[k]!, sizes[k] ?? 0]
      return within(undoing[coder.method]!(stream, coder, size, mostBytes), size)
    },
    range(source, start, Math.min(end, source.size)),
  )
}

/** At most as many bytes as a coder is said to give. */
async function* within(stream: Flow, size: number): AsyncGenerator<Uint8Array> {
  let left = size
  if (left === 0) return
  for await (const piece of stream) {
    const part = piece.subarray(0, left)
    left -= part.length
    yield part
    if (left === 0) return
  }
}

async function* filtered(stream: Flow, undo: (next: Stage) => Stage): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const stage = undo({ write: piece => void (piece.length > 0 && ready.push(piece)), end() {} })
  for await (const piece of stream) {
    stage.write(piece)
    yield* ready.splice(0)
  }
  stage.end()
  yield* ready.splice(0)
}

function lzmaOf({ properties }: Coder, length: number): Steps {
  if (properties.length !== 5) throw new Broken('bad-compression', 'the 7z archive has LZMA data without properties')
  const dictionary = Buffer.from(properties).readUInt32LE(1)
  return (input, sink) => lzmaSteps(input, sink, { properties: properties[0]!, dictionary, length })
}

async function* range(source: Source, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += readBytes) yield await source.read(at, Math.min(end, at + readBytes))
}
