import { type Command, InvalidArgumentError } from 'commander'
import type { EmbeddingModel } from '../scan/index.ts'
import { integer } from './flags.ts'

/** Flags that name a model which looks at the pictures of a dataset. */
export interface EmbeddingFlags {
  readonly model?: string
  readonly modelMean?: readonly number[]
  readonly modelStd?: readonly number[]
  readonly modelSize?: number
  readonly modelOutput?: string
}

/** Adds --model and what it needs to know. */
export function withEmbedding(command: Command): Command {
  return command
    .optionsGroup('Looking at pictures with your model:')
    .option('--model <file.onnx>', 'Pictures: also compare what this model makes of them (needs onnxruntime-web).')
    .option('--model-mean <numbers>', 'Taken from the colours, of 0 to 1; those of ImageNet when absent.', numbers)
    .option('--model-std <numbers>', 'Divides the colours after that; those of ImageNet when absent.', numbers)
    .option('--model-size <pixels>', 'Side of the square where the model takes any; 224 when absent.', integer)
    .option('--model-output <name>', 'Which output is the embedding; the last when absent.')
}

/** The model that flags name. */
export function embeddingOf(flags: EmbeddingFlags): { readonly model?: EmbeddingModel } {
  const { model: path, modelMean: mean, modelStd: std, modelSize: size, modelOutput: output } = flags
  if (path === undefined) return {}
  return {
    model: {
      path,
      ...(mean ? { mean } : {}),
      ...(std ? { std } : {}),
      ...(size === undefined ? {} : { size }),
      ...(output === undefined ? {} : { output }),
    },
  }
}

/** One number for all colours, or one for each. */
function numbers(text: string): readonly number[] {
  const read = text.split(',').map(Number)
  if (read.length > 3 || !read.every(Number.isFinite))
    throw new InvalidArgumentError('It must be one or three numbers.')
  return read
}
