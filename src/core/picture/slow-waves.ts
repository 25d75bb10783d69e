/** The mean of a small grid and its five slowest cosine waves, as [across, down]: what a mild turn or shift leaves. */
export const slowWaves: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
  [2, 0],
  [0, 2],
]
