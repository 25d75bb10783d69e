/** An array of NumPy as a file. */
export function npyOf(descr: string, shape: readonly number[], data: Uint8Array): Buffer {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`
  const padded = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11, ' ')
  const head = Buffer.alloc(10)
  head.write('\x93NUMPY\x01\0', 'latin1')
  head.writeUInt16LE(padded.length + 1, 8)
  return Buffer.concat([head, Buffer.from(`${padded}\n`, 'latin1'), data])
}
