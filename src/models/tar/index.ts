import { type Bytes, type Examiner, modelFormat, sliceOf } from '../../core/index.ts'
import { leaves, nameNote } from '../member-names.ts'
import { quoted } from '../quoted.ts'
import { zerosAt } from '../streams.ts'
import { blockBytes, type Header, headerAt, isHeader, paxOf, text } from './header.ts'

/** Long names and pax headers above this are no names. */
const mostHeader = 1 << 20
const sizes: Readonly<Record<string, string>> = { '3': 'a device', '4': 'a device', '6': 'a pipe' }

/** Tar archives: ustar, pax, GNU and v7. */
export default modelFormat({
  id: 'tar',
  title: 'tar archive',
  extensions: ['.tar', '.nemo', '.pt', '.pth'],
  common: true,
  sniff: head => (isHeader(head.subarray(0, blockBytes)) ? 3 : 0),
  read: (bytes, examiner) => new Tar(bytes, examiner).read(),
})

/** What the headers in front of a member say about it. */
interface Ahead {
  name?: string
  link?: string
  size?: number
}

class Tar {
  private at = 0
  private ahead: Ahead = {}
  private readonly seen = new Set<string>()
  private readonly bytes: Bytes
  private readonly examiner: Examiner

  constructor(bytes: Bytes, examiner: Examiner) {
    this.bytes = bytes
    this.examiner = examiner
  }

  async read(): Promise<void> {
    let ended = false
    for (let count = 0; this.at < this.bytes.size && count < this.examiner.limits.members; ) {
      const header = headerAt(this.bytes, this.at)
      if (header) {
        if (ended) this.noteHidden(header)
        ended = false
        count++
        await this.member(header)
        continue
      }
      const zeros = Math.floor(zerosAt(this.bytes, this.at) / blockBytes) * blockBytes
      const rest = this.bytes.size - this.at
      if (zeros === 0 && !(rest < blockBytes && zerosAt(this.bytes, this.at) === rest)) break
      ended = true
      this.examiner.claim(this.at, this.at + Math.max(zeros, Math.min(rest, blockBytes)), 'end of the archive')
      this.at += Math.max(zeros, blockBytes)
    }
    if (this.at < this.bytes.size) await this.rest(ended)
    else if (!ended) {
      const text = 'The archive has no end: it was cut off.'
      this.examiner.note({ rule: 'tar-no-end', severity: 'hold', text, start: this.at })
    }
  }

  private noteHidden({ name }: Header): void {
    this.examiner.note({
      rule: 'tar-hidden-member',
      severity: 'hold',
      text: `The member ${quoted(name)} stands behind the end of the archive: only some readers see it.`,
      start: this.at,
      end: this.at + blockBytes,
    })
  }

  /** What follows is no header: a damaged archive, or bytes hidden behind it. */
  private async rest(ended: boolean): Promise<void> {
    const place = { start: this.at, end: this.bytes.size }
    this.examiner.note({
      rule: ended ? 'tar-tail' : 'tar-damaged',
      severity: 'hold',
      text: ended
        ? 'Other bytes follow behind the end of the archive.'
        : 'Here should be a header, and its sum is wrong.',
      ...place,
    })
    if (!ended) return
    const member = await this.examiner.member(
      '(behind the archive)',
      sliceOf(this.bytes, place.start, place.end),
      place,
    )
    if (member) this.examiner.claim(place.start, place.end, 'bytes behind the archive')
  }

  private async member(header: Header): Promise<void> {
    const { examiner, bytes } = this
    const start = this.at
    const data = start + blockBytes
    examiner.claim(start, data, 'header')
    if ('xgLKX'.includes(header.type)) return this.extended(header, data)
    const { name = header.name, link = header.link, size = header.size } = this.ahead
    this.ahead = {}
    const stored = '12345'.includes(header.type) && header.type !== '1' ? 0 : Math.max(0, size)
    const end = Math.min(bytes.size, data + stored)
    this.look(name, { ...header, link }, { start, end: data })
    if (size < 0 || data + stored > bytes.size)
      examiner.note({
        rule: 'tar-cut-member',
        severity: 'hold',
        text: `The member ${quoted(name)} has no length that the file could hold.`,
        start,
        end,
      })
    this.skip(end)
    if (header.type === 'S') return examiner.unread({ start: data, end, reason: `${quoted(name)} is sparse.` })
    if (end === data) return
    examiner.claim(data, end, 'member')
    await examiner.member(name, sliceOf(bytes, data, end), { start: data, end })
  }

  /** Says what a name or a kind of member could do when it is unpacked. */
  private look(name: string, { type, link }: Header, place: { start: number; end: number }): void {
    const { examiner } = this
    const odd = nameNote('tar', name.replace(/^\.\/(?=.)/, ''), place)
    if (odd) examiner.note(odd)
    if (type === '1' || type === '2') {
      const from = type === '2' ? name.slice(0, name.lastIndexOf('/') + 1) : ''
      const unsafe = leaves(link) !== null || leaves(from + link) !== null
      const text = `The member ${quoted(name)} is a link to ${quoted(link)}${unsafe ? ', outside of the folder that it is unpacked to' : ''}.`
      examiner.note({ rule: 'tar-link', severity: unsafe ? 'block' : 'hold', text, ...place })
    }
    if (sizes[type])
      examiner.note({
        rule: 'tar-device',
        severity: 'block',
        text: `The member ${quoted(name)} is ${sizes[type]}.`,
        ...place,
      })
    else if (!'0125 7S'.includes(type)) {
      const text = `The member ${quoted(name)} is of an unknown kind, ${quoted(type)}.`
      examiner.note({ rule: 'tar-unknown-kind', severity: 'hold', text, ...place })
    }
    if (type === '5') return
    if (this.seen.has(name)) {
      const text = `More than one member is called ${quoted(name)}: readers do not agree on which of them counts.`
      examiner.note({ rule: 'tar-duplicate-member', severity: 'hold', text, ...place })
    }
    this.seen.add(name)
  }

  /** A header that speaks of the member behind it (pax, GNU long names), or of all. */
  private extended({ type, size }: Header, data: number): void {
    const { examiner, bytes } = this
    const end = data + Math.max(0, size)
    if (size < 0 || size > mostHeader || end > bytes.size) {
      examiner.note({
        rule: 'tar-odd-header',
        severity: 'hold',
        text: 'A header for long names is longer than any name.',
        start: data - blockBytes,
        end: data,
      })
      this.skip(Math.min(bytes.size, end))
      return
    }
    const raw = bytes.read(data, end).slice()
    this.skip(end)
    examiner.claim(data, end, 'header')
    if (type === 'L') this.ahead.name = text(raw, 0, raw.length)
    else if (type === 'K') this.ahead.link = text(raw, 0, raw.length)
    else this.pax(paxOf(raw), data)
  }

  private pax(records: Map<string, string>, at: number): void {
    const path = records.get('path')
    const link = records.get('linkpath')
    const size = records.get('size')
    if (path !== undefined) this.ahead.name = path
    if (link !== undefined) this.ahead.link = link
    if (size !== undefined && /^\d{1,15}$/.test(size)) this.ahead.size = Number(size)
    if ([...records.keys()].some(key => key.startsWith('GNU.sparse')))
      this.examiner.note({
        rule: 'tar-sparse',
        severity: 'hold',
        text: 'A member is sparse, which is not read here.',
        start: at,
      })
  }

  /** Goes behind the data; the rest of the last block must be zero, else it stays unclaimed. */
  private skip(end: number): void {
    const next = Math.min(this.bytes.size, Math.ceil(end / blockBytes) * blockBytes)
    const padding = this.bytes.read(end, next)
    if (padding.every(byte => byte === 0)) this.examiner.claim(end, next, 'padding')
    this.at = next
  }
}
