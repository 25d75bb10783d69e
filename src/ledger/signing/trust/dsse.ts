/** What the payload of the envelope is; no other is accepted. */
export const payloadType = 'application/vnd.in-toto+json'

/** What is signed (DSSE v1, pre-authentication encoding): lengths in bytes, so that nothing can move between fields. */
export function preAuthentication(payload: Uint8Array, type = payloadType): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload])
}

/**
 * What version 0.2 of the reference signed by mistake: the payload as Python writes bytes in source. Accepted for
 * bundles in that version's layout alone.
 */
export function legacyPreAuthentication(payload: Uint8Array): Buffer {
  return Buffer.from(`DSSEV1 ${payloadType.length} ${payloadType} ${payload.length} ${pythonBytes(payload)}`)
}

const named: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' }

function pythonBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'"
  let text = ''
  for (const byte of bytes) {
    if (byte === 39 && quote === "'") text += "\\'"
    else if (named[byte]) text += named[byte]
    else text += byte < 32 || byte > 126 ? `\\x${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte)
  }
  return `b${quote}${text}${quote}`
}
