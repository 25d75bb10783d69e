const magics: readonly (readonly [string, string])[] = [
  ['7f454c46', 'an ELF program'],
  ['4d5a', 'a Windows program'],
  ['cafebabe', 'a Java class or a Mach-O program'],
  ['feedface', 'a Mach-O program'],
  ['feedfacf', 'a Mach-O program'],
  ['cffaedfe', 'a Mach-O program'],
  ['2321', 'a script'],
  ['504b0304', 'a zip archive'],
  ['1f8b08', 'a gzip file'],
  ['425a68', 'a bzip2 file'],
  ['fd377a585a00', 'an xz file'],
  ['28b52ffd', 'a Zstandard file'],
  ['04224d18', 'an LZ4 file'],
  ['377abcaf271c', 'a 7z archive'],
  ['526172211a07', 'a RAR archive'],
  ['8002', 'a pickle'],
  ['8003', 'a pickle'],
  ['8004', 'a pickle'],
  ['8005', 'a pickle'],
  ['894844460d0a1a0a', 'an HDF5 file'],
  ['47475546', 'a GGUF file'],
  ['934e554d5059', 'a NumPy array'],
  ['89504e47', 'a PNG picture'],
  ['ffd8ff', 'a JPEG picture'],
  ['25504446', 'a PDF document'],
  ['53514c69746520666f726d6174', 'an SQLite database'],
  ['3c3f786d6c', 'XML'],
]
const shownText = 48

/** What bytes look like to a person who opens them: by their first bytes, else by how they are spread. */
export function looksLike(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  const magic = magics.find(([start]) => hex.startsWith(start))
  if (magic) return `begins like ${magic[1]}`
  const counts = countsOf(bytes)
  const most = counts.indexOf(Math.max(...counts))
  if (counts[most] === bytes.length) return `only bytes of 0x${most.toString(16).padStart(2, '0')}`
  const text = textOf(bytes)
  if (text !== null) return `text: ${JSON.stringify(text)}`
  const bits = entropy(counts, bytes.length)
  const kind = bytes.length >= 512 && bits > 7.5 ? 'compressed, encrypted or random data' : 'binary data'
  return `${kind}, ${bits.toFixed(1)} bits a byte`
}

function countsOf(bytes: Uint8Array): number[] {
  const counts = new Array<number>(256).fill(0)
  for (const byte of bytes) counts[byte]!++
  return counts
}

/** The beginning of a text, when nearly all of it is printable. */
function textOf(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes).toString('utf8')
  const odd = text.replace(/[\P{C}\r\n\t]/gu, '').length + (text.match(/\ufffd/g)?.length ?? 0)
  return odd <= text.length / 50 ? text.slice(0, shownText).replace(/\p{C}/gu, ' ') : null
}

function entropy(counts: readonly number[], total: number): number {
  let bits = 0
  for (const count of counts) if (count > 0) bits -= (count / total) * Math.log2(count / total)
  return bits
}
