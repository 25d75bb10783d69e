import { describe, expect, it } from 'vitest'
import { examined } from '../kit/index.ts'
import { attribute, attributesOf, startOf, xmlPieces } from './xml.ts'

const pieces = (text: string) => [...xmlPieces(text)].map(({ kind, name }) => `${kind} ${name}`.trim())
const bytes = (text: string) => new Uint8Array(Buffer.from(text))

describe('xmlPieces', () => {
  it('reads elements, texts, remarks and instructions', () => {
    const text = '<?xml version="1.0"?><a x="1"><!-- <b> --><c:d y=\'>\'/>t<![CDATA[<e>]]></a>\n'
    expect(pieces(text)).toEqual([
      'instruction xml',
      'open a',
      'comment',
      'open c:d',
      'close c:d',
      'text',
      'text',
      'close a',
      'text',
    ])
    const inner = [...xmlPieces(text)][3]!
    expect(attributesOf(inner)).toEqual([['y', '>']])
    expect(text.slice(inner.start, inner.end)).toBe("<c:d y='>'/>")
  })

  it('expands numbers of characters and nothing else', () => {
    const [open] = [...xmlPieces('<a x="&#65;&#x42;&lt;&evil;&#x110000;"/>')]
    expect(attribute(open!, 'x')).toBe('AB<&evil;&#x110000;')
  })

  it.each([
    '<a>',
    '</a>',
    '<a></b>',
    '<a/><b/>',
    'text<a/>',
    '<a',
    '<a x="',
    '<!DOCTYPE a [',
    '<!-- ',
    '<a><![CDATA[',
    '',
    '<>',
  ])('refuses %s', text => {
    expect(() => pieces(text)).toThrow()
  })

  it('reads elements in elements without recursion, to a bound', () => {
    expect(pieces('<a>'.repeat(9_000) + '</a>'.repeat(9_000))).toHaveLength(18_000)
    expect(() => pieces('<a>'.repeat(20_000))).toThrow('more than')
  })
})

describe('startOf', () => {
  it.each([
    ['<unk>\n<s>\n', { name: 'unk', declared: false }],
    ['<?xml version="1.0"?>\n<PMML version="4.4">', { name: 'PMML', declared: true }],
    ['<a xmlns="urn:x"/>', { name: 'a', declared: true }],
    ['<!-- a --><net name="x" version="11">', { name: 'net', declared: false }],
  ])('tells %s', (text, start) => {
    expect(startOf(bytes(text))).toMatchObject(start)
  })
  it.each(['<!DOCTYPE html><html>', '<html>', '<|endoftext|>', 'a < b', '{"a": 1}', ''])('leaves %s alone', text => {
    expect(startOf(bytes(text))).toBeNull()
  })
})

describe('XML as a file', () => {
  const rules = async (text: string) => (await examined('a.xml', bytes(text))).root.notes.map(each => each.rule)
  it('finds entities behind a head that is longer than anybody looks', async () => {
    const long = ' '.repeat(70_000)
    expect(await rules(`<?xml version="1.0"?><!DOCTYPE a [${long}<!ENTITY x SYSTEM "file:///x">]><a/>`)).toEqual([
      'xml-external-entity',
    ])
    const hidden = await examined(
      'a.txt',
      bytes(`<!--${long}--><PMML version="4.4"><Apply function="java.lang.X"/></PMML>`),
    )
    expect(hidden.root.members.map(each => each.format)).toEqual(['pmml'])
  })
})
