import type { Sample } from '../sample.ts'

const encoder = new TextEncoder()
export const text = (written: string): Uint8Array => encoder.encode(written)
export const json = (value: unknown): Uint8Array => text(JSON.stringify(value, null, 2))

const number = (value: number, bytes: 4 | 8): Uint8Array => {
  const out = new DataView(new ArrayBuffer(bytes))
  if (bytes === 4) out.setUint32(0, value, true)
  else out.setBigUint64(0, BigInt(value), true)
  return new Uint8Array(out.buffer)
}
const joined = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))
const counted = (written: string): Uint8Array => joined([number(text(written).length, 8), text(written)])

/** A GGUF file of texts and no tensors. */
export function gguf(metadata: Readonly<Record<string, string>>): Uint8Array {
  const pairs = Object.entries(metadata).flatMap(([key, value]) => [counted(key), number(8, 4), counted(value)])
  return joined([text('GGUF'), number(3, 4), number(0, 8), number(Object.keys(metadata).length, 8), ...pairs])
}

/** A tar archive of small files, as NeMo packs them. */
export function tar(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, data]) => {
    const header = new Uint8Array(512)
    const put = (at: number, written: string) => header.set(text(written), at)
    put(0, name)
    put(100, '0000644\0')
    put(108, '0000000\0')
    put(116, '0000000\0')
    put(124, `${data.length.toString(8).padStart(11, '0')}\0`)
    put(136, '00000000000\0')
    put(148, '        ')
    put(156, '0')
    put(257, 'ustar\x0000')
    put(
      148,
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
    )
    return [header, data, new Uint8Array((512 - (data.length % 512)) % 512)]
  })
  return joined([...blocks, new Uint8Array(1024)])
}

/** A sample of an attack. */
export const hostile = (
  name: string,
  kind: string,
  files: Sample['files'],
  names: string,
  verdict: 'hold' | 'block' = 'block',
): Sample => ({ name, class: kind, files, verdict, names })
