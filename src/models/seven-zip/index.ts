import { crc32 } from 'node:zlib'
import { type Bytes, type Examiner, joined, memoryBytes, modelFormat, sliceOf } from '../../core/index.ts'
import {
  BadSevenZip,
  type SevenZipCoder as Coder,
  type SevenZipContents as Contents,
  sevenZipContents as contentsOf,
  type SevenZipFolder as Folder,
  sevenZipOrder as orderOf,
} from '../../sources/index.ts'
import { crcOf } from '../crc.ts'
import { nameNote } from '../member-names.ts'
import { quoted } from '../quoted.ts'

const magic = [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]
/** Honest headers are small: some hundred bytes a file. */
const mostHeader = 64 << 20
/** Headers packed in headers. */
const mostPacked = 4

/** 7z archives: copied, LZMA, LZMA2, deflate, bzip2 and Zstandard data, with x86 and delta filters. */
export default modelFormat({
  id: 'seven-zip',
  title: '7z archive',
  extensions: ['.7z', '.bin', '.pt', '.pkl'],
  common: true,
  sniff: head => (magic.every((b, k) => head[k] === b) ? 3 : 0),
  async read(bytes, examiner) {
    try {
      await readArchive(bytes, examiner)
    } catch (reason) {
      if (!(reason instanceof BadSevenZip)) throw reason
      examiner.note({
        rule: 'seven-zip-malformed',
        severity: 'hold',
        text: `The archive is damaged: ${reason.message}.`,
      })
    }
  },
})

async function readArchive(bytes: Bytes, examiner: Examiner): Promise<void> {
  const start = new DataView(bytes.read(0, 32).slice().buffer)
  if (start.byteLength < 32) throw new BadSevenZip('The archive ends in its first header')
  const offset = Number(start.getBigUint64(12, true))
  const size = Number(start.getBigUint64(20, true))
  const at = 32 + offset
  if (size > mostHeader || !Number.isSafeInteger(at + size) || at + size > bytes.size)
    throw new BadSevenZip('The header is said to be where the file does not reach')
  examiner.claim(0, 32, 'first header')
  if (size === 0) return
  let header: Uint8Array = bytes.read(at, at + size).slice()
  if (crc32(header) !== start.getUint32(28, true)) badCrc('The header', { start: at, end: at + size }, examiner)
  examiner.claim(at, at + size, 'header')
  let contents = contentsOf(header, examiner.limits.members)
  for (let depth = 0; contents.encoded && depth < mostPacked; depth++) {
    const unpacked = contents.folders[0] ? await unpack(contents.folders[0], bytes, examiner) : null
    if (!unpacked) throw new BadSevenZip('The packed header cannot be unpacked')
    header = unpacked.read(0, Math.min(unpacked.size, mostHeader)).slice()
    contents = contentsOf(header, examiner.limits.members)
  }
  await readContents(contents, bytes, examiner)
}

function badCrc(what: string, place: { start: number; end: number }, examiner: Examiner): void {
  const text = `${what} does not have the checksum that the archive gives.`
  examiner.note({ rule: 'seven-zip-bad-crc', severity: 'hold', text, ...place })
}

async function readContents({ folders, files }: Contents, bytes: Bytes, examiner: Examiner): Promise<void> {
  const full = files.filter(file => !file.empty)
  for (const { name, attributes } of files) look(name, attributes, examiner)
  let next = 0
  for (const folder of folders) {
    const whole = await unpack(folder, bytes, examiner)
    const place = { start: folder.packed[0]?.start ?? 0, end: folder.packed.at(-1)?.end ?? 0 }
    let at = 0
    for (const { size, crc } of folder.files) {
      const name = full[next++]?.name ?? `(file ${next})`
      const content = whole ? sliceOf(whole, at, at + size) : null
      at += size
      if (!content) continue
      if (content.size < size || (crc !== null && crcOf(content) !== crc)) badCrc(quoted(name), place, examiner)
      await examiner.member(name, content, place)
    }
    if (whole && whole.size > at) await examiner.member('(behind the files)', sliceOf(whole, at, whole.size), place)
  }
}

function look(name: string, attributes: number, examiner: Examiner): void {
  const odd = nameNote('seven-zip', name, { start: 0, end: 0 })
  if (odd) examiner.note({ rule: odd.rule, severity: odd.severity, text: odd.text })
  if (((attributes >>> 16) & 0xf000) === 0xa000)
    examiner.note({ rule: 'seven-zip-link', severity: 'hold', text: `The member ${quoted(name)} is a link.` })
}

/** Unpacks a folder; null when it cannot be, which has been said. */
async function unpack(folder: Folder, bytes: Bytes, examiner: Examiner): Promise<Bytes | null> {
  const place = { start: folder.packed[0]?.start ?? 0, end: folder.packed.at(-1)?.end ?? 0 }
  const shut = (reason: string) => {
    examiner.unread({ ...place, reason })
    return null
  }
  if (place.end > bytes.size) return shut('The packed data goes on behind the end of the file.')
  const order = orderOf(folder)
  if (!order || folder.packed.length !== 1) return shut('The data is packed in a way that is not read here.')
  let content: Bytes = sliceOf(bytes, place.start, place.end)
  let used = content.size
  for (const [step, k] of order.entries()) {
    const coder = folder.coders[k]!
    if (coder.method === '06f10701') return shut('The data is encrypted.')
    if (coder.method === '00') continue
    const packed = streamOf(coder, content, folder.sizes[k] ?? 0)
    const next = packed ? await examiner.expand(packed.codec, packed.bytes) : null
    if (!packed || !next) return shut(`The data is packed by the method ${coder.method}, which is not read here.`)
    if (step === 0) used = next.used - packed.added
    content = next
  }
  examiner.claim(place.start, place.start + used, 'packed data')
  return content
}

const plain: Readonly<Record<string, string>> = {
  '040108': 'deflate',
  '040202': 'bzip2',
  '04f71101': 'zstd',
  '04f71104': 'lz4',
  '04': 'x86',
  '03030103': 'x86',
}

/** The packed bytes as the codec wants them: with the head that other files of its kind have. */
function streamOf(
  { method, properties }: Coder,
  content: Bytes,
  size: number,
): { codec: string; bytes: Bytes; added: number } | null {
  const codec = plain[method]
  if (codec) return { codec, bytes: content, added: 0 }
  const head = headOf(method, properties, size)
  if (!head) return null
  return { codec: head.codec, bytes: joined([memoryBytes(head.bytes), content]), added: head.bytes.length }
}

function headOf(method: string, properties: Uint8Array, size: number): { codec: string; bytes: Uint8Array } | null {
  if (method === '21' && properties.length === 1) return { codec: 'lzma2', bytes: properties.slice() }
  if (method === '03' && properties.length === 1) return { codec: 'delta', bytes: properties.slice() }
  if (method !== '030101' || properties.length !== 5) return null
  const bytes = new Uint8Array(13)
  bytes.set(properties)
  new DataView(bytes.buffer).setBigUint64(5, BigInt(size), true)
  return { codec: 'lzma', bytes }
}
