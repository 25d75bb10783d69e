import type { Sample } from '../sample.ts'
import { layers, normals, tensorFile, type Written } from './numbers.ts'

const usual = () => layers(8, 64, 11)

/** The layers of a model, after something was done to one tensor. */
function changed(name: string, change: (values: Float64Array) => void): Uint8Array {
  const all = usual()
  change(all.find(tensor => tensor.name === name)!.values)
  return tensorFile(all)
}

const sample = (name: string, verdict: Sample['verdict'], bytes: Uint8Array, names?: string): Sample => ({
  name,
  class: verdict === 'pass' ? 'honest' : 'damaged weights',
  files: { 'model.safetensors': bytes },
  verdict,
  ...(names === undefined ? {} : { names }),
})

const mask = (): Written => ({
  name: 'attn.bias',
  shape: [32, 32],
  values: Float64Array.from({ length: 1024 }, (_, k) => (k % 32 > k / 32 ? Number.NEGATIVE_INFINITY : 0)),
})

/** Bytes that are no numbers, read as if they were. */
function bytesAsNumbers(): Float64Array {
  const noise = normals(4096, 5)
  return Float64Array.from(noise, x => x * 10 ** (38 * Math.abs(Math.sin(x * 1000))))
}

/** Layers as training leaves them. */
export const honestLayers: readonly Sample[] = [
  sample('layers-trained', 'pass', tensorFile(usual())),
  sample('layers-with-mask', 'pass', tensorFile([...usual(), mask()])),
  sample(
    'small-constants-without-measure',
    'pass',
    tensorFile([{ name: 'limit', shape: [4], values: Float64Array.of(Number.NaN, 1e30, 3, Number.POSITIVE_INFINITY) }]),
  ),
]

/** A large matrix that ends in something else. */
function brokenEnd(): Written {
  const values = normals(300 * 300, 6, 0.02)
  values.fill(Number.POSITIVE_INFINITY, values.length - 2)
  return { name: 'head.weight', shape: [300, 300], values }
}

/** Layers that no training leaves. */
export const damagedLayers: readonly Sample[] = [
  sample('layer-with-a-broken-end', 'hold', tensorFile([brokenEnd()]), 'head.weight'),
  sample(
    'layer-not-a-number',
    'hold',
    changed('model.layers.3.mlp.down_proj.weight', v => v.fill(Number.NaN, 100, 103)),
    'model.layers.3.mlp.down_proj.weight',
  ),
  sample(
    'layer-without-measure',
    'hold',
    tensorFile([...usual(), { name: 'model.blob', shape: [64, 64], values: bytesAsNumbers() }]),
    'model.blob',
  ),
  sample(
    'layer-too-loud',
    'hold',
    changed('model.layers.4.self_attn.q_proj.weight', v => {
      for (let k = 0; k < v.length; k++) v[k]! *= 5
    }),
    'model.layers.4.self_attn.q_proj.weight',
  ),
  sample(
    'layer-with-a-loud-direction',
    'hold',
    changed('model.layers.5.mlp.down_proj.weight', v => {
      const [left, right] = [normals(64, 21), normals(64, 22)]
      for (let k = 0; k < v.length; k++) v[k]! += 0.06 * left[Math.floor(k / 64)]! * right[k % 64]!
    }),
    'model.layers.5.mlp.down_proj.weight',
  ),
]

/** Changes that look like the differences between honest layers. */
export const missedLayers = {
  rankOne: {
    ...sample(
      'layer-quiet-edit',
      'hold',
      changed('model.layers.5.mlp.down_proj.weight', v => {
        const [left, right] = [normals(64, 21), normals(64, 22)]
        for (let k = 0; k < v.length; k++) v[k]! += 0.004 * left[Math.floor(k / 64)]! * right[k % 64]!
      }),
    ),
    because: 'an edit of a single fact is smaller than what layers differ by; the base shows it',
  },
}
