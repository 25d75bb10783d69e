/** What a model of pictures takes. */
export interface ModelShape {
  readonly layout: 'NCHW' | 'NHWC'
  readonly channels: 1 | 3
  /** Side of the square, null where any is taken. */
  readonly side: number | null
  /** Pictures at a time, null where any number is taken. */
  readonly batch: number | null
}

/** Pictures for the model. */
export interface Given {
  readonly data: Float32Array
  readonly rows: number
  readonly side: number
}

/** What the thread of the model answers: once its shape, then values, or why there are none. */
export interface Made {
  readonly shape?: ModelShape
  readonly values?: Float32Array
  readonly fault?: string
}

/** Larger pictures would take more memory than an honest model of pictures needs. */
export const mostSide = 1024

/** Reads layout, side and batch from the shape of an input; names and zeros stand for any number. */
export function shapeOf(dims: readonly (number | string)[], type: string): ModelShape {
  if (type !== 'float32') throw new Error(`its input is ${type}; only float32 is fed`)
  if (dims.length !== 4) throw new Error(`its input has ${dims.length} dimensions; pictures have four`)
  const [batch, b, c, d] = dims.map(n => (typeof n === 'number' && n > 0 ? n : null))
  const isColour = (n: number | null | undefined): n is 1 | 3 => n === 1 || n === 3
  const layout = isColour(b) ? 'NCHW' : isColour(d) ? 'NHWC' : null
  if (layout === null) throw new Error(`its input [${dims.join(', ')}] has no dimension of 1 or 3 colours`)
  const [channels, height, width] = layout === 'NCHW' ? [b, c, d] : [d, b, c]
  if (height && width && height !== width) throw new Error(`its pictures are ${width}×${height}, not square`)
  const side = height ?? width ?? null
  if (side !== null && side > mostSide)
    throw new Error(`its pictures have ${side} pixels a side, more than ${mostSide}`)
  return { layout, channels: channels as 1 | 3, side, batch: batch ?? null }
}
