import frameworks from './lists/frameworks.json' with { type: 'json' }
import mlflow from './lists/mlflow.json' with { type: 'json' }
import nemo from './lists/nemo.json' with { type: 'json' }
import sentenceTransformers from './lists/sentence-transformers.json' with { type: 'json' }
import speechbrain from './lists/speechbrain.json' with { type: 'json' }
import values from './lists/values.json' with { type: 'json' }

interface List {
  readonly what: string
  readonly names: Readonly<Record<string, readonly string[]>>
}

const indexed = (...lists: readonly List[]): ReadonlySet<string> =>
  new Set(
    lists.flatMap(({ names }) =>
      Object.entries(names).flatMap(([module, all]) => all.map(name => `${module}.${name}`)),
    ),
  )

/** Names that a configuration may have built. */
export const targets = indexed(frameworks, nemo, speechbrain, values)
/** Names that YAML written by Python brings back. */
export const yamlValues = indexed(values, frameworks)
export const sentenceModules = indexed(sentenceTransformers)
export const loaders = indexed(mlflow)
/** Libraries from which pipelines of diffusers take their parts. */
export const pipelineLibraries: ReadonlySet<string> = new Set([
  'diffusers',
  'transformers',
  'stable_diffusion',
  'latent_diffusion',
  'ldm',
  'paint_by_example',
  'versatile_diffusion',
  'unclip',
  'deepfloyd_if',
  'audioldm',
  'audioldm2',
  'kandinsky',
  'kandinsky2_2',
  'kandinsky3',
  'wuerstchen',
  'shap_e',
  'unidiffuser',
  'musicldm',
  'stable_cascade',
  'stable_audio',
  'blip_diffusion',
  'pixart_alpha',
  'animatediff',
  'i2vgen_xl',
  'flux',
  'hunyuan_video',
  'onnxruntime',
  'optimum.onnxruntime',
  'optimum.onnxruntime.modeling_diffusion',
  'onnx',
])
