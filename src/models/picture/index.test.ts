import { describe, expect, it } from 'vitest'
import { examined } from '../../kit/models.ts'

const pictures: Readonly<Record<string, Uint8Array>> = {
  'a.png': new Uint8Array(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  ),
  'a.gif': new Uint8Array(Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')),
  'a.jpg': Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xda, 0, 2, 1, 2, 0xff, 0, 3, 0xff, 0xd9]),
  'a.webp': new Uint8Array(Buffer.from('RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0', 'latin1')),
  'a.pdf': new Uint8Array(Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n')),
  'a.svg': new Uint8Array(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>')),
  'a.mp4': new Uint8Array(Buffer.from('\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x08free', 'latin1')),
}
const root = async (name: string, data: Uint8Array) => (await examined(name, data)).root

describe('picture', () => {
  it.each(Object.entries(pictures))('%s ends where it ends', async (name, data) => {
    expect(await root(name, data)).toMatchObject({ format: 'picture', unread: [], notes: [] })
    if (name === 'a.svg') return
    const more = new Uint8Array([...data, 0x80, 4, 1, 2, 3])
    expect((await root(name, more)).unread.length).toBeGreaterThan(0)
  })
  it.each(Object.entries(pictures))('%s cut anywhere does no harm', async (name, data) => {
    for (let end = 1; end < data.length; end++) {
      const { claims, unread } = await root(name, data.slice(0, end))
      expect(claims.length + unread.length).toBeGreaterThan(0)
    }
  })
})
