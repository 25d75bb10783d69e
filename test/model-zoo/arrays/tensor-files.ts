import { join, number, zeros } from './bytes.ts'

/** A safetensors file from the text of its header and its data. */
export const safetensorsOf = (header: string, data: Uint8Array): Uint8Array =>
  join(number(Buffer.byteLength(header), 8), header, data)

/** An honest safetensors file: tensors one behind the other. */
export function safetensors(
  tensors: Readonly<Record<string, Uint8Array>>,
  metadata?: Record<string, string>,
): Uint8Array {
  let at = 0
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {}
  for (const [name, data] of Object.entries(tensors)) {
    header[name] = { dtype: 'F32', shape: [data.length / 4], data_offsets: [at, at + data.length] }
    at += data.length
  }
  const text = JSON.stringify(header)
  return safetensorsOf(text.padEnd(Math.ceil(text.length / 8) * 8), join(...Object.values(tensors)))
}

/** A value in the metadata of a GGUF file. */
export type GgufValue = string | number | boolean | bigint | { readonly f32: number } | readonly GgufValue[]

/** What goes into a GGUF file. */
export interface GgufParts {
  readonly pairs: readonly (readonly [string, GgufValue])[]
  readonly tensors?: readonly {
    readonly name: string
    readonly shape: readonly number[]
    readonly type?: number
    readonly offset?: number
    readonly data: Uint8Array
  }[]
  readonly version?: 1 | 2 | 3
  readonly little?: boolean
  /** Lies about the counts. */
  readonly pairCount?: number | bigint
  readonly tensorCount?: number | bigint
  readonly tail?: Uint8Array
}

/** A GGUF file. */
export function gguf({
  pairs,
  tensors = [],
  version = 3,
  little = true,
  tail = zeros(0),
  ...lies
}: GgufParts): Uint8Array {
  const whole = (value: number | bigint, width: number) => number(value, width, little)
  const length = (value: number | bigint) => whole(value, version === 1 ? 4 : 8)
  const text = (value: string) => join(length(Buffer.byteLength(value)), value)
  const value = (of: GgufValue): { kind: number; bytes: Uint8Array } => {
    if (typeof of === 'string') return { kind: 8, bytes: text(of) }
    if (typeof of === 'boolean') return { kind: 7, bytes: whole(of ? 1 : 0, 1) }
    if (typeof of === 'bigint') return { kind: 10, bytes: whole(of, 8) }
    if (typeof of === 'number') return { kind: 4, bytes: whole(of, 4) }
    if ('f32' in of) return { kind: 6, bytes: whole(new Uint32Array(Float32Array.of(of.f32).buffer)[0]!, 4) }
    const items = of.map(value)
    return {
      kind: 9,
      bytes: join(whole(items[0]?.kind ?? 8, 4), length(items.length), ...items.map(item => item.bytes)),
    }
  }
  let offset = 0
  const infos = tensors.map(tensor => {
    const at = tensor.offset ?? offset
    offset += Math.ceil(tensor.data.length / 32) * 32
    const dimensions = tensor.shape.toReversed().map(size => length(size))
    return join(
      text(tensor.name),
      whole(tensor.shape.length, 4),
      ...dimensions,
      whole(tensor.type ?? 0, 4),
      whole(at, 8),
    )
  })
  const counts = [length(lies.tensorCount ?? tensors.length), length(lies.pairCount ?? pairs.length)]
  const written = pairs.map(([key, of]) => join(text(key), whole(value(of).kind, 4), value(of).bytes))
  const head = join('GGUF', whole(version, 4), ...counts, ...written, ...infos)
  const padded = (data: Uint8Array) => join(data, zeros((32 - (data.length % 32)) % 32))
  return join(tensors.length > 0 ? padded(head) : head, ...tensors.map(tensor => padded(tensor.data)), tail)
}

/** An honest small model. */
export const ggufModel = (more: Partial<GgufParts> = {}, template = "{{ messages[0]['content'] }}"): Uint8Array =>
  gguf({
    ...more,
    pairs: [
      ['general.architecture', 'llama'],
      ['general.alignment', 32],
      ['llama.block_count', 2],
      ['llama.rope.freq_base', { f32: 10000 }],
      ['tokenizer.ggml.tokens', ['<s>', '</s>', 'a', 'é']],
      ['tokenizer.ggml.scores', [{ f32: 0 }, { f32: -1 }]],
      ['tokenizer.ggml.add_bos_token', true],
      ['tokenizer.chat_template', template],
      ...(more.pairs ?? []),
    ],
    tensors: more.tensors ?? [
      {
        name: 'token_embd.weight',
        shape: [2, 4],
        data: new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8).buffer),
      },
      { name: 'blk.0.attn_q.weight', shape: [1, 32], type: 8, data: zeros(34) },
    ],
  })
