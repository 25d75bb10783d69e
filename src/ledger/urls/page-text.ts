import { htmlText } from '../../core/index.ts'

/** The text of a page or of a plain text, from bytes that name no encoding of their own. */
export function pageText(bytes: Uint8Array, markup: boolean, most: number): string {
  const text = decoded(bytes)
  if (!markup) return text.slice(0, most)
  const page = htmlText(text, most)
  return page.title === '' ? page.text : `${page.title}\n${page.text}`
}

/** Share of characters in which a text may be broken and still be UTF-8. */
const mostBroken = 0.01

function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const text = new TextDecoder('utf-8').decode(bytes)
  let broken = 0
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) broken++
  return broken > text.length * mostBroken ? new TextDecoder('windows-1252').decode(bytes, { stream: true }) : text
}
