import { seeded } from '../random.ts'

/** A matrix whose rows are read one after another, from the first to the last, as often as asked. */
export interface RowSource {
  readonly rows: number
  readonly columns: number
  /** Calls with each row; what it gives is only good inside of the call. */
  each(take: (row: Float64Array, nth: number) => void): void
}

/**
 * The largest singular values of a matrix, largest first, by subspace iteration from a fixed start (Halko, Martinsson
 * and Tropp 2011). Holds `count` columns; reads the matrix `passes` + 1 times.
 */
export function singularValues(matrix: RowSource, count: number, passes: number): number[] {
  const { columns } = matrix
  const width = Math.min(count, columns, matrix.rows)
  const random = seeded(columns * 31 + width)
  let basis: Float64Array[] = Array.from({ length: width }, () =>
    Float64Array.from({ length: columns }, () => random() - 0.5),
  )
  orthonormal(basis)
  for (let pass = 0; pass < passes; pass++) {
    basis = gramTimes(matrix, basis)
    orthonormal(basis)
  }
  return ritz(matrix, basis)
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}

function addTimes(into: Float64Array, from: Float64Array, factor: number): void {
  for (let k = 0; k < into.length; k++) into[k]! += factor * from[k]!
}

/** AᵀA times each vector. */
function gramTimes(matrix: RowSource, basis: readonly Float64Array[]): Float64Array[] {
  const out = basis.map(vector => new Float64Array(vector.length))
  matrix.each(row => {
    for (let j = 0; j < basis.length; j++) addTimes(out[j]!, row, dot(row, basis[j]!))
  })
  return out
}

/** Gram and Schmidt, twice over against rounding; a vector that vanishes becomes zero. */
function orthonormal(basis: readonly Float64Array[]): void {
  basis.forEach((vector, j) => {
    const before = Math.sqrt(dot(vector, vector))
    for (let round = 0; round < 2; round++)
      for (let i = 0; i < j; i++) addTimes(vector, basis[i]!, -dot(vector, basis[i]!))
    const size = Math.sqrt(dot(vector, vector))
    const factor = size > before * 1e-10 && Number.isFinite(size) ? 1 / size : 0
    for (let k = 0; k < vector.length; k++) vector[k]! *= factor
  })
}

/** Singular values of the matrix within the span of the basis: roots of the eigenvalues of (AV)ᵀ(AV). */
function ritz(matrix: RowSource, basis: readonly Float64Array[]): number[] {
  const n = basis.length
  const gram = Array.from({ length: n }, () => new Float64Array(n))
  const parts = new Float64Array(n)
  matrix.each(row => {
    for (let j = 0; j < n; j++) parts[j] = dot(row, basis[j]!)
    for (let j = 0; j < n; j++) addTimes(gram[j]!, parts, parts[j]!)
  })
  return eigenvalues(gram)
    .map(value => Math.sqrt(Math.max(0, value)))
    .sort((a, b) => b - a)
}

/** Eigenvalues of a small symmetric matrix by Jacobi's rotations; changes the matrix. */
function eigenvalues(matrix: Float64Array[]): number[] {
  const n = matrix.length
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += Math.abs(matrix[p]![q]!)
    if (!(off > 0)) break
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(matrix, p, q)
  }
  return matrix.map((row, k) => row[k]!)
}

function rotate(m: Float64Array[], p: number, q: number): void {
  const between = m[p]![q]!
  if (between === 0) return
  const theta = (m[q]![q]! - m[p]![p]!) / (2 * between)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let k = 0; k < m.length; k++) {
    const [a, b] = [m[k]![p]!, m[k]![q]!]
    m[k]![p] = c * a - s * b
    m[k]![q] = s * a + c * b
  }
  for (let k = 0; k < m.length; k++) {
    const [a, b] = [m[p]![k]!, m[q]![k]!]
    m[p]![k] = c * a - s * b
    m[q]![k] = s * a + c * b
  }
}
