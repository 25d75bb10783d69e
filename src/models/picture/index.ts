import { type Bytes, type Examiner, modelFormat } from '../../core/index.ts'
import { endOfGif, endOfJpeg, endOfMedia, endOfPdf, endOfPng, endOfRiff } from './ends.ts'

/** Pictures, papers and sounds that stand beside a model: who they are, and where they end. */
const kinds: readonly { name: string; magic: RegExp; end(bytes: Bytes): number }[] = [
  { name: 'PNG', magic: /^\x89PNG\r\n\x1a\n/, end: endOfPng },
  { name: 'JPEG', magic: /^\xff\xd8\xff/, end: endOfJpeg },
  { name: 'GIF', magic: /^GIF8[79]a/, end: endOfGif },
  { name: 'WebP, WAV or AVI', magic: /^RIFF[\s\S]{4}(WEBP|WAVE|AVI )/, end: endOfRiff },
  { name: 'PDF', magic: /^%PDF-\d/, end: endOfPdf },
  { name: 'MP4 or AVIF', magic: /^\0\0\0[\s\S]ftyp/, end: endOfMedia },
  { name: 'Ogg', magic: /^OggS\0/, end: bytes => bytes.size },
  { name: 'FLAC', magic: /^fLaC\0/, end: bytes => bytes.size },
  { name: 'MP3', magic: /^ID3[\x02-\x04]\0/, end: bytes => bytes.size },
  {
    name: 'SVG',
    magic: /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/,
    end: bytes => bytes.size,
  },
]
const script = /<script|\bon\w+\s*=|javascript:|<!ENTITY|<foreignObject/i
const action = /\/(JavaScript|JS|Launch|EmbeddedFile)\b/
const lookedAt = 4 << 20

/** Bytes that no loader of models reads; what stands behind the end of a picture is nobody's. */
export default modelFormat({
  id: 'picture',
  title: 'picture or sound',
  extensions: ['.png', '.jpg', '.gif', '.webp', '.svg', '.pdf', '.wav', '.mp4'],
  common: true,
  sniff: head => (kindOf(head) ? 3 : 0),
  read(bytes, examiner) {
    const kind = kindOf(bytes.read(0, 4096))
    if (!kind) return
    const end = Math.min(kind.end(bytes), bytes.size)
    examiner.claim(0, end, kind.name)
    examiner.fact('kind', kind.name)
    if (kind.name === 'SVG' || kind.name === 'PDF') sayScript(kind.name, bytes, examiner)
  },
})

/** First bytes of all of them; SVG may begin with a mark or spaces. */
const firsts = new Set([...'\x89\xffGR%\0OfI<\xef \t\r\n'].map(letter => letter.charCodeAt(0)))

const kindOf = (head: Uint8Array) => {
  if (!firsts.has(head[0]!)) return undefined
  const start = Buffer.from(head.subarray(0, 4096)).toString('latin1')
  return kinds.find(({ magic }) => magic.test(start))
}

function sayScript(name: string, bytes: Bytes, examiner: Examiner): void {
  const text = Buffer.from(bytes.read(0, lookedAt)).toString('latin1')
  const found = (name === 'SVG' ? script : action).exec(text)
  if (!found) return
  const say = `The ${name} holds ${JSON.stringify(found[0])}: a viewer may run it.`
  const severity = name === 'SVG' ? 'hold' : 'info'
  examiner.note({ rule: 'picture-script', severity, text: say, start: found.index, end: found.index + found[0].length })
}
