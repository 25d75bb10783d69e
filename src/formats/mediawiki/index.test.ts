import { describe, expect, it } from 'vitest'
import { type Cell, defaultLimits, type Limits, type RecordBatch } from '../../core/index.ts'
import { acceptFormat } from '../../kit/index.ts'
import { memorySource } from '../../sources/index.ts'
import mediawiki from './index.ts'

const head = `<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo><sitename>Wiki</sitename><namespaces><namespace key="0" case="first-letter" /></namespaces></siteinfo>
`
const page = (title: string, ...revisions: string[]) =>
  `  <page>\n    <title>${title}</title>\n    <ns>0</ns>\n    <id>7</id>\n${revisions.join('')}  </page>\n`
const revision = (id: number, text: string, more = '') => `    <revision>
      <id>${id}</id>
      <parentid>${id - 1}</parentid>
      <timestamp>2026-01-02T03:04:05Z</timestamp>
      <contributor><username>Ann</username><id>3</id></contributor>
      ${more}
      <model>wikitext</model>
      <format>text/x-wiki</format>
      <text bytes="${Buffer.byteLength(text)}" sha1="x" xml:space="preserve">${text}</text>
      <sha1>phoiac9h4m842xq45sp7s6u21eteeq1</sha1>
    </revision>
`
const dump = (...pages: string[]) => `${head}${pages.join('')}</mediawiki>\n`

const plain = {
  page: 'A & B',
  pageid: 7,
  namespace: 0,
  redirect: null,
  revision: 12,
  parent: 11,
  time: '2026-01-02T03:04:05Z',
  actor: 'Ann',
  actorid: 3,
  comment: null,
  minor: false,
  model: 'wikitext',
  sha1: 'phoiac9h4m842xq45sp7s6u21eteeq1',
  bytes: 9,
  text: "'''Bold'' ",
  deleted: null,
} satisfies Record<string, Cell>

const history = dump(
  page(
    'A &amp; B',
    revision(12, 'One &lt;b&gt;\n==Two==', '<minor /><comment>said &quot;so&quot;</comment>'),
    revision(13, 'Other').replace(/<contributor>.*<\/contributor>/, '<contributor><ip>192.0.2.1</ip></contributor>'),
    revision(14, '')
      .replace(/<contributor>.*<\/contributor>/, '<contributor deleted="deleted" />')
      .replace(/<text.*<\/text>/, '<text bytes="5" deleted="deleted" />')
      .replace(/<sha1>.*<\/sha1>/, '<sha1 />'),
    revision(15, 'x')
      .replace(/<text.*<\/text>/, '<text bytes="3213" sha1="abc" id="22" />')
      .replace(/<comment.*/, '')
      .replace('<model>', '<comment deleted="deleted" /><model>'),
  ),
  page('Empty', revision(20, '')).replace('<id>7</id>', '<id>8</id>\n    <redirect title="Elsewhere" />'),
)
const rows: Readonly<Record<string, Cell>>[] = [
  { ...plain, minor: true, comment: 'said "so"', bytes: 21, text: 'One <b>\n==Two==' },
  { ...plain, revision: 13, parent: 12, actor: '192.0.2.1', actorid: null, bytes: 5, text: 'Other' },
  {
    ...plain,
    revision: 14,
    parent: 13,
    actor: null,
    actorid: null,
    sha1: null,
    bytes: 5,
    text: null,
    deleted: 'contributor text',
  },
  { ...plain, revision: 15, parent: 14, bytes: 3213, text: null, deleted: 'comment' },
  { ...plain, page: 'Empty', pageid: 8, redirect: 'Elsewhere', revision: 20, parent: 19, bytes: 0, text: '' },
]

acceptFormat(mediawiki, {
  golden: [
    {
      name: 'history.xml',
      bytes: Buffer.from(history),
      rows,
    },
  ],
  foreign: [
    { name: 'page.xml', bytes: Buffer.from('<?xml version="1.0"?><pages><mediawiki/></pages>') },
    { name: 'about.txt', bytes: Buffer.from('About <mediawiki> dumps') },
  ],
})

async function read(text: string | Uint8Array, limits: Limits = defaultLimits) {
  const file = await mediawiki.open(memorySource('dump.xml', Buffer.from(text), 1 << 20), limits)
  const batches: RecordBatch[] = []
  for await (const batch of file.records({})) batches.push(batch)
  return {
    cells: (name: string) => batches.flatMap(batch => [...(batch.columns.get(name) ?? [])]),
    kinds: batches.flatMap(batch => batch.defects.map(({ record, kind, lost }) => [record, kind, lost])),
    defects: batches.flatMap(batch => [...batch.defects]),
  }
}

describe('damage', () => {
  it('by a cut keeps all before it', async () => {
    const whole = dump(page('A', revision(1, 'one'), revision(2, 'two')), page('B', revision(3, 'three')))
    const cut = await read(whole.slice(0, whole.indexOf('thre')))
    expect([cut.cells('revision'), cut.kinds]).toEqual([[1, 2], [[2, 'truncated', true]]])
    expect(cut.defects[0]!.line).toBe(whole.slice(0, whole.indexOf('thre')).split('\n').length)
    const between = await read(whole.slice(0, whole.indexOf('</mediawiki>')))
    expect([between.cells('revision'), between.kinds]).toEqual([[1, 2, 3], [[3, 'truncated', true]]])
  })
  it('by a tag that is not closed costs little', async () => {
    const broken = dump(page('A', revision(1, 'one <b>'), revision(2, 'two')), page('B', revision(3, 'three')))
    const { cells, kinds } = await read(broken)
    expect(cells('revision')).toContain(3)
    expect(kinds.some(([, kind]) => kind === 'bad-xml')).toBe(true)
  })
  it('by an entity that XML does not know keeps it as it stands', async () => {
    const { cells, kinds } = await read(dump(page('A', revision(1, 'a&nbsp;b'), revision(2, 'c'))))
    expect([cells('text'), kinds]).toEqual([['a&nbsp;b', 'c'], [[0, 'bad-xml', false]]])
  })
})

describe('hostile dumps', () => {
  const small = { ...defaultLimits, recordBytes: 4096 }
  it('cannot declare entities that grow', async () => {
    const bomb = `<!DOCTYPE mediawiki [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>${dump(page('A', revision(1, '&b;&c;')))}`
    const { cells } = await read(bomb)
    expect(cells('text')).toEqual(['&b;&c;'])
  })
  it('have texts cut at the limit, and the rest is read', async () => {
    const { cells, kinds } = await read(dump(page('A', revision(1, 'x'.repeat(3 << 20)), revision(2, 'two'))), small)
    const [long, next] = cells('text')
    expect(String(long).length).toBeGreaterThan(4000)
    expect(String(long).length).toBeLessThanOrEqual(4096)
    expect(next).toBe('two')
    expect(kinds).toEqual([[0, 'too-long', false]])
  })
  it('have texts in many pieces cut at the limit', async () => {
    const pieces = 'x<!-- -->'.repeat(100_000) + '<![CDATA[<<<]]>'.repeat(10_000)
    const { cells } = await read(dump(page('A', revision(1, pieces), revision(2, 'two'))), small)
    expect(cells('text').map(text => String(text).length)).toEqual([4096, 3])
  })
  it.each([
    ['nested without end', '<a>'.repeat(100_000)],
    ['in comments without end', `<!-- ${'<'.repeat(3 << 20)}`],
    ['of attributes', `<a ${Array.from({ length: 200_000 }, (_, k) => `a${k}=""`).join(' ')}>`],
  ])('%s cost the page they stand in', async (_, junk) => {
    const { cells, kinds } = await read(
      `${head}${page('A', revision(1, 'one'))}<page>${junk}${'\n'.repeat(10)}</page>${page('B', revision(3, 'three'))}</mediawiki>`,
      small,
    )
    expect(cells('revision')[0]).toBe(1)
    expect(kinds.length).toBeGreaterThan(0)
    expect(kinds.length).toBeLessThan(20)
  })
})
