/** Sizes beyond this say how heavy the tail is only by being beyond: a campaign cannot make itself look normal. */
const censored = 8
/** Groups of a made-up corpus that is added, so that a few pairs do not pretend to know the tail. */
const priorGroups = 5
const priorLogSize = 1 / 2

/**
 * How many groups of at least this size a table like this would have besides one that is judged. Sizes of groups of
 * copies follow a power law in honest text; its exponent is estimated from the table's other groups (Hill's estimator,
 * censored), since a campaign in a table without other copies would else be its own excuse.
 */
export function expectedLarger(sizes: readonly number[]): (size: number) => number {
  const weight = (n: number) => Math.log(Math.min(n, censored) / 1.5)
  const logs = sizes.reduce((sum, n) => sum + weight(n), priorGroups * priorLogSize)
  const small = sizes.filter(n => n <= censored).length + priorGroups
  return size => {
    const exponent = (small - (size <= censored ? 1 : 0)) / (logs - weight(size))
    return Math.max(1, sizes.length - 1) * (size / 1.5) ** -exponent
  }
}
