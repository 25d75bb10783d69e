/** The median of some numbers. */
export const middleOf = (numbers: Float64Array): number => numbers.slice().sort()[numbers.length >> 1] ?? 0
