import { crc32, inflateRawSync, constants as zlib } from 'node:zlib'
import type { Source } from '../../core/index.ts'
import { Broken } from '../broken.ts'
import { codecOf, expanded } from '../expanded.ts'
import { inflated } from './inflated.ts'
import { memberHead } from './member-head.ts'
import { Stored } from './stored.ts'

/** Why bytes are missing behind a piece. */
export interface Trouble {
  readonly kind: string
  readonly message: string
}

/** Some consecutive bytes of a crawl file, expanded. */
export interface Piece {
  readonly bytes: Uint8Array
  /** Set where a compressed member begins: its place in the stored file. */
  readonly member?: number
  /** What follows does not continue these bytes. */
  readonly gap?: Trouble
}

/** Most output that one call may make; larger members are expanded bit by bit. */
const atOnceBytes = 4 << 20
/** Stored bytes looked at for a member that fits into memory. */
const aheadBytes = 1 << 20
/** Packed bytes tried to see whether a member begins where its signature stands. */
const probeBytes = 64
/** Signatures tried after damage: a file made of nothing else must not keep us for hours. */
const mostProbes = 20_000

/** The expanded bytes of a crawl file, as it is stored: plain, Zstandard, or gzip with one member or one each record. */
export async function* piecesOf(source: Source, mostBytes: number): AsyncGenerator<Piece> {
  const codec = codecOf(await source.read(0, 8))
  if (codec === 'gzip') return yield* withinBytes(gzipPieces(source), mostBytes)
  try {
    for await (const bytes of (codec ? expanded(source, codec, mostBytes) : source).stream()) yield { bytes }
  } catch (reason) {
    if (!(reason instanceof Broken)) throw reason
    yield { bytes: new Uint8Array(0), gap: { kind: reason.kind, message: reason.message } }
  }
}

async function* withinBytes(pieces: AsyncIterable<Piece>, mostBytes: number): AsyncGenerator<Piece> {
  let total = 0
  for await (const piece of pieces) {
    total += piece.bytes.length
    if (total > mostBytes) {
      const message = `the file expands to more than ${mostBytes} bytes`
      return yield { bytes: new Uint8Array(0), gap: { kind: 'too-large', message } }
    }
    yield piece
  }
}

async function* gzipPieces(source: Source): AsyncGenerator<Piece> {
  const stored = new Stored(source)
  try {
    while (await stored.ensure(1)) {
      const member = stored.at
      const gap = yield* memberPieces(stored)
      if (!gap) continue
      yield { bytes: new Uint8Array(0), gap }
      if (stored.at === member) stored.drop(1)
      if (!(await nextMember(stored))) return
    }
  } finally {
    await stored.close()
  }
}

/** Expands one member; returns what is wrong with it. */
async function* memberPieces(stored: Stored): AsyncGenerator<Piece, Trouble | undefined> {
  const member = stored.at
  const head = await memberHead(stored)
  if (head < 0) return { kind: 'bad-compression', message: `no gzip member begins at byte ${member} of the file` }
  await stored.ensure(head + aheadBytes)
  const whole = atOnce(stored.bytes.subarray(head))
  if (whole) {
    yield { bytes: whole.bytes, member }
    stored.drop(head + whole.used)
    return trailer(stored, whole.bytes.length, crc32(whole.bytes), member)
  }
  stored.drop(head)
  let [size, check, first] = [0, 0, true]
  const flow = inflated(stored)
  try {
    for (;;) {
      const { done, value } = await flow.next()
      if (done) return value ?? trailer(stored, size, check, member)
      size += value.length
      check = crc32(value, check)
      yield first ? { bytes: value, member } : { bytes: value }
      first = false
    }
  } finally {
    await flow.return(undefined)
  }
}

/** Expands a member that lies in memory whole and stays small. */
function atOnce(packed: Uint8Array): { bytes: Uint8Array; used: number } | null {
  try {
    const options = { info: true, maxOutputLength: atOnceBytes, finishFlush: zlib.Z_SYNC_FLUSH }
    const { buffer, engine } = inflateRawSync(packed, options) as unknown as {
      buffer: Buffer
      engine: { bytesWritten: number }
    }
    return engine.bytesWritten + 8 <= packed.length ? { bytes: buffer, used: engine.bytesWritten } : null
  } catch {
    return null
  }
}

async function trailer(stored: Stored, size: number, check: number, member: number): Promise<Trouble | undefined> {
  if (!(await stored.ensure(8))) {
    stored.drop(stored.bytes.length)
    return { kind: 'truncated', message: `the gzip member at byte ${member} of the file was cut off` }
  }
  const same = stored.bytes.readUInt32LE(0) === check && stored.bytes.readUInt32LE(4) === size % 2 ** 32
  stored.drop(8)
  return same
    ? undefined
    : { kind: 'bad-checksum', message: `the gzip member at byte ${member} of the file does not have its checksum` }
}

/** Goes to the next place where a member of a crawl file begins; false when there is none. */
async function nextMember(stored: Stored): Promise<boolean> {
  for (let probes = 0; probes < mostProbes; ) {
    const found = stored.bytes.indexOf('\x1f\x8b\x08', 0, 'latin1')
    if (found < 0) {
      stored.drop(Math.max(0, stored.bytes.length - 2))
      if (!(await stored.ensure(stored.bytes.length + 1))) return false
      continue
    }
    stored.drop(found)
    probes++
    if (await beginsRecord(stored)) return true
    stored.drop(1)
  }
  return false
}

async function beginsRecord(stored: Stored): Promise<boolean> {
  const head = await memberHead(stored)
  if (head < 0) return false
  await stored.ensure(head + probeBytes)
  try {
    const packed = stored.bytes.subarray(head, head + probeBytes)
    const text = inflateRawSync(packed, { finishFlush: zlib.Z_SYNC_FLUSH }).toString('latin1', 0, 256)
    return /^(WARC\/\d|[a-z][a-z\d+.-]*:\S* )/i.test(text)
  } catch {
    return false
  }
}
