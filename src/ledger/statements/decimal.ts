/** A finite number in decimal digits without an exponent, as drafts ask that must not be rounded by their readers. */
export function decimalText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('A decimal is a finite number.')
  const text = String(value)
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!parts) return text === '-0' ? '0' : text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return (
    sign + (point >= digits.length ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`)
  )
}
