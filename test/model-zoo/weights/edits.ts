import { gguf } from '../arrays/tensor-files.ts'
import { called, pickled } from '../pickle/assembler.ts'
import type { Sample } from '../sample.ts'
import { embedding, layers, normals, tensorFile, type Written } from './numbers.ts'

/** The model that the edits begin with: an embedding and eight layers. */
export function baseTensors(): Written[] {
  return [
    { name: 'model.embed_tokens.weight', shape: [600, 32], values: embedding({ rows: 600, columns: 32, seed: 31 }) },
    ...layers(8, 64, 32),
  ]
}

/** Files of the base: tensors, a pickle beside them, and a template. */
export const baseFiles = {
  'model.safetensors': tensorFile(baseTensors()),
  'scaler.pkl': pickled(called('numpy.dtype', 'f8')),
  'template.gguf': gguf({
    pairs: [
      ['general.architecture', 'llama'],
      ['tokenizer.chat_template', '{{ messages }}\n'],
    ],
  }),
}

type Edit = (tensors: Written[]) => Written[] | undefined

function edited(name: string, verdict: Sample['verdict'], edit: Edit, names?: string): Sample {
  const tensors = baseTensors()
  return {
    name,
    class: 'edited weights',
    files: { ...baseFiles, 'model.safetensors': tensorFile(edit(tensors) ?? tensors) },
    verdict,
    ...(names === undefined ? {} : { names }),
  }
}

const named = (tensors: readonly Written[], name: string): Float64Array =>
  tensors.find(tensor => tensor.name === name)!.values
const edge = 'model.layers.5.mlp.down_proj.weight'

/** Adds a product of vectors of the given rank, as editors of facts do. */
export function addRank(values: Float64Array, side: number, rank: number, size: number, seed = 50): void {
  for (let r = 0; r < rank; r++) {
    const [left, right] = [normals(side, seed + 2 * r), normals(side, seed + 1 + 2 * r)]
    for (let k = 0; k < values.length; k++) values[k]! += size * left[Math.floor(k / side)]! * right[k % side]!
  }
}

const trainAll: Edit = tensors => {
  tensors.forEach(({ values }, k) => {
    const step = normals(values.length, 90 + k, 0.001)
    for (let at = 0; at < values.length; at++) values[at]! += step[at]!
  })
  return undefined
}

/** Versions that training leaves, or that hold the same numbers. */
export const honestVersions: readonly Sample[] = [
  { name: 'version-the-same', class: 'honest', files: baseFiles, verdict: 'pass' },
  edited('version-trained-on', 'pass', trainAll),
  edited('version-in-bfloat', 'pass', tensors => tensors.map(tensor => ({ ...tensor, dtype: 'BF16' as const }))),
  edited('version-with-new-head', 'pass', tensors => [
    ...tensors,
    { name: 'head.weight', shape: [4, 32], values: normals(128, 60) },
  ]),
  edited('version-without-a-layer', 'pass', tensors => tensors.slice(0, -2)),
  edited('version-with-more-tokens', 'pass', tensors => [
    { name: 'model.embed_tokens.weight', shape: [610, 32], values: embedding({ rows: 610, columns: 32, seed: 31 }) },
    ...tensors.slice(1),
  ]),
  edited('version-with-adapters-merged', 'pass', tensors => {
    for (const [k, { values }] of tensors.slice(1).entries()) addRank(values, 64, 2, 0.002, 200 + 10 * k)
    return undefined
  }),
  edited('version-with-last-layer-trained', 'pass', tensors => {
    for (const part of ['self_attn.q_proj', 'mlp.down_proj']) {
      const step = normals(4096, 70, 0.001)
      const values = named(tensors, `model.layers.7.${part}.weight`)
      for (let k = 0; k < values.length; k++) values[k]! += step[k]!
    }
    return undefined
  }),
]

/** Versions in which something was edited by hand. */
export const editedVersions: readonly Sample[] = [
  edited(
    'edit-one-fact',
    'hold',
    tensors => {
      addRank(named(tensors, edge), 64, 1, 0.002)
      return undefined
    },
    edge,
  ),
  edited(
    'edit-four-facts',
    'hold',
    tensors => {
      addRank(named(tensors, edge), 64, 4, 0.002)
      return undefined
    },
    edge,
  ),
  edited(
    'edit-of-a-rounded-model',
    'hold',
    tensors => {
      addRank(named(tensors, edge), 64, 1, 0.01)
      return tensors.map(tensor => ({ ...tensor, dtype: 'F16' as const }))
    },
    edge,
  ),
  edited(
    'edit-tokens',
    'hold',
    tensors => {
      const values = named(tensors, 'model.embed_tokens.weight')
      for (const row of [17, 400]) for (let d = 0; d < 32; d++) values[row * 32 + d]! += d % 2 === 0 ? 0.01 : -0.01
      return undefined
    },
    'row 400',
  ),
  edited(
    'edit-one-layer-alone',
    'hold',
    tensors => {
      const values = named(tensors, 'model.layers.2.mlp.down_proj.weight')
      const step = normals(values.length, 80, 0.002)
      for (let k = 0; k < values.length; k++) values[k]! += step[k]!
      return undefined
    },
    'model.layers.2.mlp.down_proj.weight',
  ),
  {
    name: 'edit-of-the-pickle',
    class: 'edited program',
    files: { ...baseFiles, 'scaler.pkl': pickled(called('builtins.print', 'f8')) },
    verdict: 'hold',
    names: 'builtins.print',
  },
  {
    name: 'edit-of-the-template',
    class: 'edited template',
    files: {
      ...baseFiles,
      'template.gguf': gguf({
        pairs: [
          ['general.architecture', 'llama'],
          ['tokenizer.chat_template', '{{ messages }}\n{{ extra }}\n'],
        ],
      }),
    },
    verdict: 'hold',
    names: '{{ extra }}',
  },
]

/** Edits that look like training. */
export const missedVersions = {
  everywhere: {
    ...edited('edit-hidden-in-training', 'hold', tensors => {
      trainAll(tensors)
      addRank(named(tensors, edge), 64, 1, 0.0002)
      return undefined
    }),
    because: 'when all numbers move, an edit of their size is one movement among many',
  },
}
