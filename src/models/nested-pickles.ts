import { gunzipSync, inflateSync, constants as zlib } from 'node:zlib'
import { type Examiner, memoryBytes } from '../core/index.ts'
import {
  codeText,
  isZlib,
  latin1Bytes,
  looksLikePickle,
  type PickleRun,
  unlettered,
  utf8Text,
} from '../pickle/index.ts'
import { expandBytes, shelf } from '../sources/index.ts'

/** Layers of packing and lettering around one program. */
const mostLayers = 8
/** Programs followed, and bytes looked at, of one stream: more are said to be unfollowed. */
const mostFollowed = 256
const mostBytes = 256 << 20
/** A packed constant is expanded up to this. */
const mostExpanded = 64 << 20

/** A reading of a constant, and the layers that were taken off. */
interface Peeled {
  readonly data: Uint8Array
  readonly layers: readonly string[]
}

/**
 * Follows the byte and text constants of a pickle that hold another program: as it is, packed, in hex or base64, or all of
 * it one in another. Each is examined as a member; so what it holds is followed in its turn.
 */
export async function followConstants(run: PickleRun, examiner: Examiner): Promise<void> {
  let followed = 0
  let looked = 0
  let left = run.moreConstants
  for (const constant of run.constants) {
    if (followed >= mostFollowed || looked > mostBytes) {
      left++
      continue
    }
    const data = constant.read()
    looked += data.length
    for (const { data: inner, layers } of await programsIn({ data, layers: [] })) {
      followed++
      const how = layers.length > 0 ? ` (${layers.join(', ')})` : ''
      const end = Math.min(run.end, constant.offset + constant.size)
      await examiner.member(`constant at ${constant.offset}${how}`, memoryBytes(inner), {
        start: constant.offset,
        end,
        again: true,
      })
    }
  }
  if (left > 0)
    examiner.note({
      rule: 'pickle-constants-unfollowed',
      severity: 'hold',
      text: `${left} constants could hold programs of their own and were not followed: there are too many.`,
    })
}

/** Readings of a constant that are programs. */
async function programsIn(whole: Peeled): Promise<Peeled[]> {
  const found: Peeled[] = []
  const open = [whole]
  for (let next = open.pop(); next; next = open.pop()) {
    if (isProgram(next.data)) found.push(next)
    else if (next.layers.length < mostLayers) open.push(...(await peeled(next)))
  }
  return found
}

const begins = (data: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, k) => data[k] === byte)

/** Pickles, and archives and arrays that hold pickles: torch and numpy load them from bytes too. */
const isProgram = (data: Uint8Array): boolean =>
  looksLikePickle(data, data.length) === 3 ||
  begins(data, [0x50, 0x4b, 3, 4]) ||
  begins(data, [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59])

/** What is under one layer; each way that there is. */
async function peeled({ data, layers }: Peeled): Promise<Peeled[]> {
  const found: Peeled[] = []
  const add = (layer: string, inner: Uint8Array | null) => {
    if (inner && inner.length > 0) found.push({ data: inner, layers: [...layers, layer] })
  }
  const codec = codecOf(data)
  if (codec !== null) add(codec, await unpacked(codec, data))
  const code = codeText(data, data.length)
  if (code !== null) add(/^[\da-fA-F\s]+$/.test(code) ? 'hex' : 'base64', unlettered(code))
  if (layers.at(-1) !== 'latin-1') add('latin-1', narrowed(data))
  return found
}

/** Bytes whose UTF-8 form this is, letter for byte; null when they are the same or there are none. */
function narrowed(data: Uint8Array): Uint8Array | null {
  if (!data.some(byte => byte > 127)) return null
  const text = utf8Text(data)
  return text === null ? null : latin1Bytes(text)
}

const signatures: Readonly<Record<string, readonly number[]>> = {
  gzip: [0x1f, 0x8b, 8],
  bzip2: [0x42, 0x5a, 0x68],
  xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
  lz4: [0x04, 0x22, 0x4d, 0x18],
}

function codecOf(data: Uint8Array): string | null {
  for (const [codec, signature] of Object.entries(signatures)) if (begins(data, signature)) return codec
  return isZlib(data) ? 'zlib' : null
}

/** Packed bytes expanded, up to a bound and up to their damage; null when they are not packed at all. */
async function unpacked(codec: string, data: Uint8Array): Promise<Uint8Array | null> {
  if (codec === 'zlib' || codec === 'gzip') return inflated(codec, data)
  const room = shelf(mostExpanded)
  try {
    const expanded = await expandBytes(codec, memoryBytes(data), { shelf: room, mostBytes: mostExpanded })
    return 'bytes' in expanded ? expanded.bytes.read(0, expanded.bytes.size).slice() : null
  } finally {
    room.close()
  }
}

function inflated(codec: 'zlib' | 'gzip', data: Uint8Array): Uint8Array | null {
  const how = { maxOutputLength: mostExpanded, finishFlush: zlib.Z_SYNC_FLUSH }
  try {
    return codec === 'zlib' ? inflateSync(data, how) : gunzipSync(data, how)
  } catch {
    return null
  }
}
