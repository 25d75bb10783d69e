import { describe, expect, it } from 'vitest'
import { mediaOf } from './media.ts'

const type = (text: string) => mediaOf(Buffer.from(text, 'latin1')).type

describe('mediaOf', () => {
  it('goes by the bytes', () => {
    expect(type('\xff\xd8\xff\xe0\0\x10JFIF')).toBe('image/jpeg')
    expect(type('\x89PNG\r\n\x1a\n')).toBe('image/png')
    expect(type('RIFF\0\0\0\0WEBPVP8 ')).toBe('image/webp')
    expect(type('%PDF-1.7')).toBe('application/pdf')
    expect(type('')).toBe('application/x-empty')
    expect(type('\0\x01\x02\x03\x04')).toBe('application/octet-stream')
    expect(type('just words')).toBe('text/plain')
    expect(type('{"a":1}')).toBe('application/json')
  })
  it('knows pages behind comments, declarations and white space', () => {
    for (const text of [
      '<!DOCTYPE html><title>',
      '\n <!-- hi --><html>',
      '<?xml version="1.0"?><html>',
      '<h1>Sold</h1>',
    ])
      expect(mediaOf(Buffer.from(text))).toEqual({ type: 'text/html', kind: 'page' })
  })
  it('takes no drawing for a picture, whatever stands before it', () => {
    for (const text of ['<svg xmlns="a">', '<?xml version="1.0"?>\n<!-- x --><svg>', '<!DOCTYPE svg PUBLIC "a"><svg>'])
      expect(mediaOf(Buffer.from(text))).toEqual({ type: 'image/svg+xml', kind: 'other' })
  })
  it('is linear in hostile heads', () => {
    const begun = performance.now()
    for (const part of ['<!--', '<!---->', '<!-- --> ', '<?xml ?>']) mediaOf(Buffer.from(part.repeat(900)))
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})
