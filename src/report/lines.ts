/** `1,234 rows`, `1 row`. */
export const counted = (count: number, one: string, many = one + 's'): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

/** A size as people say it. */
export function sizeText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let size = bytes
  let unit = 0
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000
  return `${unit === 0 ? size : size.toFixed(size < 10 ? 1 : 0)} ${units[unit]}`
}

/** A number in as few digits as tell it apart. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US')
  const rounded = Number(value.toPrecision(3))
  return Math.abs(rounded) >= 1e-4 && Math.abs(rounded) < 1e15
    ? rounded.toLocaleString('en-US', { maximumFractionDigits: 6 })
    : String(rounded)
}

/** A share as a percentage. */
export const percentText = (share: number): string => `${numberText(share * 100)} %`
