import { expect, it } from 'vitest'
import { isPicture, pngOf } from '../core/index.ts'
import { picturesOf } from './picture-cells.ts'
import { isPictureText } from './picture-text.ts'

const raster = { width: 5, height: 3, pixels: Uint8Array.from({ length: 45 }, (_, k) => (k * 11) % 256) }
const base64 = Buffer.from(pngOf(raster)).toString('base64')

it.each([
  ['on its own', base64],
  ['wrapped into lines', base64.replace(/(.{60})/g, '$1\r\n')],
  ['in the alphabet of addresses', base64.replaceAll('+', '-').replaceAll('/', '_')],
  ['as a data URI', `data:image/png;base64,${base64}`],
])('a picture in base64 is seen %s', async (_, text) => {
  expect(isPictureText(text)).toBe(true)
  const cells = [text, { bytes: text, path: 'a.png' }]
  for (const seen of await picturesOf(cells, () => ({ folder: null })))
    expect(isPicture(seen) && { width: seen.width, height: seen.height }).toEqual({ width: 5, height: 3 })
})

it('a damaged one is a bad picture, and its place is kept', async () => {
  const [seen] = await picturesOf([base64.slice(0, 60)], () => ({ folder: null }))
  expect(isPicture(seen)).toBe(false)
})

it.each([
  ['words', 'a letter from a reader, of some length and without a picture in it'],
  ['a name', 'folder/iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAIAAADUVFKv.png'],
  ['base64 of words', Buffer.from('words that nobody drew, and more of them').toString('base64')],
  ['another data URI', `data:text/plain;base64,${base64}`],
])('%s are no picture', (_, text) => {
  expect(isPictureText(text)).toBe(false)
})
