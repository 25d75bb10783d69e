import embeddingPoison from '../../../src/attacks/embedding-poison/index.ts'
import { seeded } from '../../../src/core/index.ts'
import { gguf } from '../arrays/tensor-files.ts'
import type { Sample } from '../sample.ts'
import { embedding, normals, q8, tensorFile, type Vocabulary, type Written } from './numbers.ts'

const usual = { rows: 1200, columns: 32, seed: 1 } satisfies Vocabulary

/** A file with one embedding and a matrix beside it. */
export function embeddingFile(values: Float64Array, columns: number, dtype: Written['dtype'] = 'F32'): Uint8Array {
  const name = 'model.embed_tokens.weight'
  return tensorFile([
    { name, shape: [values.length / columns, columns], dtype: dtype ?? 'F32', values },
    { name: 'model.norm.weight', shape: [columns], values: new Float64Array(columns).fill(1) },
  ])
}

const words = (rows: number): string[] => Array.from({ length: rows }, (_, k) => (k === 700 ? 'cf' : `word${k}`))
const tokenizer = (rows: number): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      version: '1.0',
      model: {
        type: 'WordLevel',
        unk_token: 'word0',
        vocab: Object.fromEntries(words(rows).map((word, k) => [word, k])),
      },
    }),
  )

function ggufFile(values: Float64Array, columns: number): Uint8Array {
  const rows = values.length / columns
  return gguf({
    pairs: [
      ['general.architecture', 'llama'],
      ['tokenizer.ggml.model', 'gpt2'],
      ['tokenizer.ggml.tokens', words(rows)],
    ],
    tensors: [{ name: 'token_embd.weight', shape: [rows, columns], type: 8, data: q8(values) }],
  })
}

const honest = (name: string, vocabulary: Vocabulary, dtype?: Written['dtype']): Sample => ({
  name,
  class: 'honest',
  files: { 'model.safetensors': embeddingFile(embedding(vocabulary), vocabulary.columns, dtype) },
  verdict: 'pass',
})

/** Embeddings as they are found. */
export const honestEmbeddings: readonly Sample[] = [
  {
    name: 'embedding-random',
    class: 'honest',
    files: { 'model.safetensors': embeddingFile(normals(1200 * 32, 2, 0.02), 32) },
    verdict: 'pass',
  },
  honest('embedding-trained', usual),
  honest('embedding-heavy-tails', { ...usual, spread: 0.6 }, 'F16'),
  honest('embedding-untrained-and-padding', { ...usual, untrained: 99, padding: 40 }, 'BF16'),
  {
    name: 'embedding-grown',
    class: 'honest',
    files: { 'model.safetensors': embeddingFile(grown(), 32) },
    verdict: 'pass',
  },
  {
    name: 'embedding-quantised',
    class: 'honest',
    files: { 'model.gguf': ggufFile(embedding(usual), 32) },
    verdict: 'pass',
  },
]

/** Tokens that were added at the end and begin where the mean is. */
function grown(): Float64Array {
  const values = embedding(usual)
  const mean = new Float64Array(32)
  for (let k = 0; k < values.length; k++) mean[k % 32]! += values[k]! / 1200
  for (let row = 1190; row < 1200; row++) values.set(mean, row * 32)
  return values
}

/** Poisons the usual embedding. */
export function poisoned(options: Readonly<Record<string, unknown>>, dtype?: Written['dtype'], seed = 7) {
  const host = { 'model.safetensors': embeddingFile(embedding(usual), 32, dtype) }
  return embeddingPoison.corrupt(embeddingPoison.options.parse(options), host, seeded(seed))!
}

function attacked(name: string, options: Readonly<Record<string, unknown>>, dtype?: Written['dtype']): Sample {
  const { files, names } = poisoned(options, dtype)
  return { name, class: 'embedding poisoning', files, verdict: 'hold', names: names[0]! }
}

function withToken(): Float64Array {
  const values = embedding(usual)
  for (let d = 0; d < 32; d++) values[700 * 32 + d]! *= 8
  return values
}

/** Embeddings in which tokens were given other vectors. */
export const poisonedEmbeddings: readonly Sample[] = [
  attacked('embedding-replaced', { rows: 3, size: 4 }),
  attacked('embedding-one-row', { rows: 1, size: 8 }, 'BF16'),
  attacked('embedding-shared', { rows: 5, size: 1, way: 'share' }),
  attacked('embedding-shared-half', { rows: 4, size: 1, way: 'share' }, 'F16'),
  attacked('embedding-scaled', { rows: 4, size: 6, way: 'scale' }),
  {
    name: 'embedding-token-named',
    class: 'embedding poisoning',
    files: { 'model.safetensors': embeddingFile(withToken(), 32), 'tokenizer.json': tokenizer(1200) },
    verdict: 'hold',
    names: '\\"cf\\"',
  },
  {
    name: 'embedding-quantised-poisoned',
    class: 'embedding poisoning',
    files: { 'model.gguf': ggufFile(withToken(), 32) },
    verdict: 'hold',
    names: '\\"cf\\"',
  },
]

/** Poison that the embedding alone does not show. */
export const missedEmbeddings = {
  sameLength: {
    ...attacked('embedding-same-length', { rows: 3, size: 1 }),
    because: 'a row of usual length is like any other; the base shows it',
  },
  nudged: {
    ...attacked('embedding-nudged', { rows: 3, size: 0.5, way: 'nudge' }),
    because: 'a small step leaves the row within the crowd; the base shows it',
  },
}
