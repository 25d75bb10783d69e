import { type Bytes, type Examiner, modelFormat } from '../../core/index.ts'
import { Cursor, Malformed, orMalformed, quoted } from '../cursor.ts'
import { type Length, readMetadata } from './metadata.ts'
import { type Info, placeTensors, readInfo } from './tensors.ts'

const magic = [0x47, 0x47, 0x55, 0x46] // GGUF

/** Language models of the llama.cpp family: metadata (with chat templates, which engines run) and tensors. */
export default modelFormat({
  id: 'gguf',
  title: 'GGUF',
  extensions: ['.gguf'],
  sniff: head => (magic.every((byte, k) => head[k] === byte) && head.length >= 8 ? 3 : 0),
  async read(bytes, examiner) {
    await orMalformed(examiner, 'gguf-malformed', () => readFile(bytes, examiner))
  },
})

async function readFile(bytes: Bytes, examiner: Examiner): Promise<void> {
  const cursor = new Cursor(bytes, 4)
  const version = versionOf(cursor, examiner)
  const length: Length = what => (version === 1 ? cursor.u32() : cursor.length(what))
  const tensors = length('the number of tensors')
  const pairs = length('the number of metadata pairs')
  examiner.claim(0, cursor.at, 'header')
  // A pair takes at least 13 bytes and a tensor info 24; counts beyond are a lie that has overflowed readers.
  if (pairs > bytes.size / 13) throw new Malformed(`there should be ${pairs} metadata pairs, more than fit`, 8)
  if (tensors > bytes.size / 20) throw new Malformed(`there should be ${tensors} tensors, more than fit`, 8)
  const { alignment } = readMetadata(cursor, length, pairs, examiner)
  const infos = Array.from({ length: tensors }, () => readInfo(cursor, length, examiner))
  doubledNames(infos, examiner)
  const start = Math.ceil(cursor.at / alignment) * alignment
  if (tensors > 0 || start <= bytes.size) padding(bytes, cursor.at, Math.min(start, bytes.size), examiner)
  await placeTensors(infos, { bytes, start, alignment, bigEndian: !cursor.little }, examiner)
  examiner.fact('tensors', tensors)
}

function versionOf(cursor: Cursor, examiner: Examiner): number {
  const little = cursor.u32()
  cursor.little = (little & 0xffff) !== 0 || little === 0
  const version = cursor.little ? little : Number(BigInt.asUintN(32, BigInt(swapped(little))))
  if (version < 1 || version > 3) throw new Malformed(`the version is ${version}, and 1 to 3 are known`, 4)
  examiner.fact('version', version)
  examiner.fact('byte order', cursor.little ? 'little endian' : 'big endian')
  return version
}

const swapped = (value: number): number =>
  ((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)

function padding(bytes: Bytes, start: number, end: number, examiner: Examiner): void {
  if (bytes.read(start, end).every(byte => byte === 0)) examiner.claim(start, end, 'padding')
}

function doubledNames(infos: readonly Info[], examiner: Examiner): void {
  const seen = new Set<string>()
  for (const { name, at } of infos) {
    const text = `There are two tensors named ${quoted(name)}; readers disagree on which one counts.`
    if (seen.has(name)) examiner.note({ rule: 'gguf-duplicate-tensor', severity: 'hold', text, start: at })
    seen.add(name)
  }
}
