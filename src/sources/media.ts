/** What bytes are, by what they begin with; a header or a name may say anything. */
export interface Media {
  /** Media type, e.g. `image/jpeg`; `application/octet-stream` when it is not known. */
  readonly type: string
  /** What can be said of how it looks. */
  readonly kind: 'picture' | 'page' | 'text' | 'other'
}

/** Bytes that are enough to tell. */
export const mediaHeadBytes = 4096

const latin = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end)

const picture = (type: string): Media => ({ type: `image/${type}`, kind: 'picture' })
const other = (type: string): Media => ({ type, kind: 'other' })

/** Signatures at the very start. */
const signatures: readonly (readonly [RegExp, Media])[] = [
  [/^\xff\xd8\xff/, picture('jpeg')],
  [/^\x89PNG\r\n\x1a\n/, picture('png')],
  [/^GIF8[79]a/, picture('gif')],
  [/^RIFF[\s\S]{4}WEBP/, picture('webp')],
  [/^(II\*\0|MM\0\*)/, picture('tiff')],
  [/^[\s\S]{4}ftyp(avif|avis)/, picture('avif')],
  [/^[\s\S]{4}ftyp(heic|heix|hevc|hevx|mif1|msf1)/, picture('heic')],
  [/^BM[\s\S]{4}\0\0\0\0[\s\S]{4}[(\x0c\x34-\x7c]\0\0\0/, other('image/bmp')],
  [/^P[1-6][\s#]/, other('image/x-portable-anymap')],
  [/^\0\0[\x01\x02]\0/, other('image/vnd.microsoft.icon')],
  [/^(\xff\x0a|\0\0\0\x0cJXL \r\n\x87\n)/, other('image/jxl')],
  [/^8BPS/, other('image/vnd.adobe.photoshop')],
  [/^%PDF-/, other('application/pdf')],
  [/^%!PS/, other('application/postscript')],
  [/^PK(\x03\x04|\x05\x06)/, other('application/zip')],
  [/^\x1f\x8b/, other('application/gzip')],
  [/^BZh[1-9]/, other('application/x-bzip2')],
  [/^\xfd7zXZ\0/, other('application/x-xz')],
  [/^\x28\xb5\x2f\xfd/, other('application/zstd')],
  [/^Rar!\x1a\x07/, other('application/vnd.rar')],
  [/^7z\xbc\xaf\x27\x1c/, other('application/x-7z-compressed')],
  [/^MZ/, other('application/vnd.microsoft.portable-executable')],
  [/^\x7fELF/, other('application/x-elf')],
  [/^(ID3|\xff[\xfb\xf3\xf2])/, other('audio/mpeg')],
  [/^OggS/, other('application/ogg')],
  [/^\x1aE\xdf\xa3/, other('video/webm')],
  [/^[\s\S]{4}ftyp/, other('video/mp4')],
]

/** Marks of a page: what browsers look for behind white space and comments, and what pages begin with in fact. */
const page =
  /^(?:\s|<!--(?:(?!-->)[\s\S])*-->|<\?xml[^>]*>)*<(!doctype\s+html|html|head|body|script|iframe|h1|div|font|table|a|style|title|b|br|p|meta|center)[\s>/]/i

/** Tells what bytes are from their first few thousand. */
export function mediaOf(head: Uint8Array): Media {
  if (head.length === 0) return { type: 'application/x-empty', kind: 'other' }
  const start = latin(head, 0, 64)
  const known = signatures.find(([signature]) => signature.test(start))
  if (known) return known[1]
  const text = textHead(head.subarray(0, mediaHeadBytes))
  if (text === null) return other('application/octet-stream')
  // A drawing is a program of markup: it is never drawn here.
  if (/^(?:\s|<!--(?:(?!-->)[\s\S])*-->|<\?xml[^>]*>|<!doctype\s+svg[^>]*>)*<svg[\s>]/i.test(text))
    return other('image/svg+xml')
  if (page.test(text)) return { type: 'text/html', kind: 'page' }
  if (/^\s*<\?xml/i.test(text)) return { type: 'application/xml', kind: 'page' }
  if (/^\s*[[{]/.test(text)) return { type: 'application/json', kind: 'text' }
  return { type: 'text/plain', kind: 'text' }
}

/** The head as text; null when it holds what no text holds. */
function textHead(head: Uint8Array): string | null {
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (wide) return new TextDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(head)
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) return null
  return new TextDecoder('utf-8').decode(head)
}

/** Endings of pictures, also of those that nothing here decodes: a picture that nobody can see is said to be one. */
const pictureEndings =
  /\.(jpe?g|jpe|jfif|png|apng|webp|gif|bmp|dib|p[bgnp]m|tiff?|avif|heic|heif|jp2|j2k|jxl|ico|svg|tga|psd)$/i

/** Whether a file is called a picture. */
export const isPictureName = (name: string): boolean => pictureEndings.test(name)
