/** Sizes beyond this say how heavy the tail is only by being beyond: a campaign cannot make itself look normal. */
const censored = 8
/** Groups of a made-up corpus that is added, so that a few pairs do not pretend to know the tail. */
const priorGroups = 5
const priorLogSize = 1 / 2

/**
 * How many groups of at least this size a table like this would have. Sizes of groups of copies follow a power law in
 * honest text; its exponent is estimated from the table's own small groups (Hill's estimator, censored).
 */
export function expectedLarger(sizes: readonly number[]): (size: number) => number {
  const logs = sizes.reduce((sum, n) => sum + Math.log(Math.min(n, censored) / 1.5), priorGroups * priorLogSize)
  const exponent = (sizes.filter(n => n <= censored).length + priorGroups) / logs
  return size => Math.max(1, sizes.length) * (size / 1.5) ** -exponent
}
