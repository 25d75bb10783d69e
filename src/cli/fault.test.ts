import { expect, test, vi } from 'vitest'
import { sayFault } from './fault.ts'

test('no message repeats a key that was given where a name is meant', () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    const pem = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIJlRHBMe73kb\n-----END EC PRIVATE KEY-----'
    expect(sayFault(new Error(`${pem}: no such file`))).toBe(2)
    expect(sayFault(new Error(`No lock for ${pem.slice(0, 45)}`))).toBe(2)
    const text = said.mock.calls.join('')
    expect(text).toContain('no such file')
    expect(text).not.toMatch(/MHcC|Me73kb/)
  } finally {
    said.mockRestore()
  }
})
