import { crc32, deflateRawSync } from 'node:zlib'
import { join, number } from '../arrays/bytes.ts'

/** One member of an archive, and what its headers say of it when that is not the truth. */
export interface ZipMember {
  readonly name: string
  readonly data: Uint8Array | string
  readonly deflate?: boolean
  /** Method that both headers give. */
  readonly method?: number
  readonly localMethod?: number
  readonly localName?: string
  readonly localSize?: number
  readonly flags?: number
  readonly crc?: number
  /** Sizes and checksum follow the data, as streaming writers do it. */
  readonly descriptor?: boolean
  readonly extra?: Uint8Array
  readonly comment?: string
  /** Unix mode, e.g. 0o120777 for a link. */
  readonly mode?: number
  /** Stands in the file and not in the directory. */
  readonly hidden?: boolean
  /** The directory entry points to the member at this place of the list. */
  readonly pointsTo?: number
}

/** What the archive as a whole says. */
export interface ZipParts {
  readonly prefix?: Uint8Array
  readonly tail?: Uint8Array
  readonly comment?: Uint8Array
  /** Entries that the end record promises; all when absent. */
  readonly promised?: number
  /** Writes the zip64 records too. */
  readonly zip64?: boolean
  /** Aligns data as the writer of checkpoints does. */
  readonly align?: number
  /** Bytes between the members and the directory. */
  readonly gap?: Uint8Array
}

interface Written {
  readonly member: ZipMember
  readonly at: number
  readonly packed: Uint8Array
  readonly raw: Uint8Array
}

const raw = (data: Uint8Array | string): Uint8Array => join(data)

/** Writes an archive, honest or not. Places count from the beginning of the file. */
export function zipOf(members: readonly ZipMember[], parts: ZipParts = {}): Uint8Array {
  const { prefix = join(), tail = join(), comment = join(), gap = join() } = parts
  const out: Uint8Array[] = [prefix]
  let at = prefix.length
  const written = members.map(member => {
    const [bytes, one] = local(member, at, parts.align ?? 0)
    out.push(bytes)
    at += bytes.length
    return one
  })
  out.push(gap)
  at += gap.length
  const start = at
  const listed = written.filter(({ member }) => !member.hidden)
  for (const one of listed) {
    const bytes = central(one, written[one.member.pointsTo ?? -1] ?? one)
    out.push(bytes)
    at += bytes.length
  }
  const promised = parts.promised ?? listed.length
  if (parts.zip64) out.push(end64(promised, start, at))
  out.push(join('PK\x05\x06', number(0, 4), number(promised, 2), number(promised, 2)))
  out.push(join(number(at - start, 4), number(start, 4), number(comment.length, 2), comment, tail))
  return join(...out)
}

function local(member: ZipMember, at: number, align: number): [Uint8Array, Written] {
  const data = raw(member.data)
  const packed = member.deflate ? new Uint8Array(deflateRawSync(data)) : data
  const name = raw(member.localName ?? member.name)
  const extra = member.extra ?? padding(at + 30 + name.length, align)
  const method = member.localMethod ?? member.method ?? (member.deflate ? 8 : 0)
  const [crc, size, packedSize] = member.descriptor
    ? [0, 0, 0]
    : [member.crc ?? crc32(data), data.length, member.localSize ?? packed.length]
  const head = join(
    'PK\x03\x04',
    number(20, 2),
    number((member.flags ?? 0) | (member.descriptor ? 8 : 0), 2),
    number(method, 2),
    number(0, 4),
    number(crc, 4),
    number(packedSize, 4),
    number(size, 4),
    number(name.length, 2),
    number(extra.length, 2),
    name,
    extra,
  )
  const foot = member.descriptor
    ? join('PK\x07\x08', number(member.crc ?? crc32(data), 4), number(packed.length, 4), number(data.length, 4))
    : join()
  return [join(head, packed, foot), { member, at, packed, raw: data }]
}

function padding(at: number, align: number): Uint8Array {
  if (align === 0) return join()
  const size = (align - ((at + 4) % align)) % align
  return join('FB', number(size, 2), 'Z'.repeat(size))
}

function central({ member }: Written, target: Written): Uint8Array {
  const { packed, raw: data, at } = target
  const [name, comment] = [raw(member.name), raw(member.comment ?? '')]
  return join(
    'PK\x01\x02',
    number(member.mode === undefined ? 20 : (3 << 8) | 20, 2),
    number(20, 2),
    number((member.flags ?? 0) | (member.descriptor ? 8 : 0), 2),
    number(member.method ?? (member.deflate ? 8 : 0), 2),
    number(0, 4),
    number(member.crc ?? crc32(data), 4),
    number(packed.length, 4),
    number(data.length, 4),
    number(name.length, 2),
    number(0, 2),
    number(comment.length, 2),
    number(0, 4),
    number((member.mode ?? 0) * 65536, 4),
    number(at, 4),
    name,
    comment,
  )
}

const end64 = (count: number, start: number, end: number): Uint8Array =>
  join(
    'PK\x06\x06',
    number(44, 8),
    number(45, 2),
    number(45, 2),
    number(0, 8),
    number(count, 8),
    number(count, 8),
    number(end - start, 8),
    number(start, 8),
    'PK\x06\x07',
    number(0, 4),
    number(end, 8),
    number(1, 4),
  )
