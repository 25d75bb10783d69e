import { expect, it } from 'vitest'
import { tampered } from '../bench/lock-tamper.ts'

it('sees every kind of tampering and accuses no untouched tree', async () => {
  const { accepted, accused } = await tampered(160, 40, 11)
  expect({ accepted, accused }).toEqual({ accepted: [], accused: 0 })
})
