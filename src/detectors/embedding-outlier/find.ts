import { type Found, type Model, matrixOf, type Tensor, tensorsOf } from '../../core/index.ts'

/** Names of the matrix that turns tokens into vectors, in the frameworks that are met. */
const wanted =
  /(^|[._/])(word_?embeddings?|embed_tokens|embed_in|token_embd?|tok_embeddings?|token_embeddings?|wte|shared|embeddings?|embedder|emb|enc_emb|dec_emb|lookup_table|vectors)(_\d+)?([._/:]|$)/i
/** Matrices of that kind whose rows are places, kinds or times and vary as they must. */
const other =
  /pos(ition)?(al)?(s|_|\b|[A-Z])|(token|segment)_?types?|\bwpe\b|patch|time|rotary|relative|norm|bias|lm_head|freq|timestep/i

/** Fewer rows have no tail to stand clear of, fewer columns no direction. */
const least = { rows: 200, columns: 8 }
/** A matrix so tall, whatever it is called, is a vocabulary. */
const tall = { rows: 8192, times: 8 }

/** A matrix with a row for each token. */
export interface Embedding extends Found<Tensor> {
  readonly rows: number
  readonly columns: number
}

/** Finds the embeddings of a model by name, or by a shape that nothing else has. */
export function* embeddingsOf(model: Model): Generator<Embedding> {
  for (const each of tensorsOf(model)) {
    const { name, shape, dtype } = each.found
    const matrix = shape.length === 2 ? matrixOf(each.found) : null
    if (!matrix || matrix.rows < least.rows || matrix.columns < least.columns || isWhole(dtype)) continue
    const { rows, columns } = matrix
    const isTall = rows >= tall.rows && rows >= columns * tall.times
    if (other.test(name) ? !isTall : !wanted.test(name) && !isTall) continue
    yield { ...each, rows, columns }
  }
}

const isWhole = (dtype: Tensor['dtype']): boolean => dtype !== null && /^(I|U|BOOL|C)/.test(dtype)
