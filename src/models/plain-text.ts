/** Control characters that no text holds; tab, line ends, form feed and escape are in logs and listings. */
const isControl = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127

/** True for bytes that are nothing but text: UTF-8 or, behind a mark, UTF-16; or Latin letters of an old page. */
export function isPlainText(data: Uint8Array): boolean {
  if (data.length === 0) return false
  if (data[0] === 0xff && data[1] === 0xfe) return isWideText(data, false)
  if (data[0] === 0xfe && data[1] === 0xff) return isWideText(data, true)
  let high = 0
  for (const byte of data) {
    if (isControl(byte)) return false
    if (byte > 127) high++
  }
  return high === 0 || isUtf8(data) || high * 10 < data.length
}

/** The last character may be cut. */
function isUtf8(data: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(data, { stream: true })
    return true
  } catch {
    return false
  }
}

function isWideText(data: Uint8Array, bigEndian: boolean): boolean {
  for (let k = 2; k + 1 < data.length; k += 2) {
    const [high, low] = bigEndian ? [data[k]!, data[k + 1]!] : [data[k + 1]!, data[k]!]
    if (high === 0 && isControl(low)) return false
  }
  return true
}
