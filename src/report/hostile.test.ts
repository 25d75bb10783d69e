import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { afterAll, describe, expect, it } from 'vitest'
import type { Report } from '../core/index.ts'
import { script } from './html/script.ts'
import { type ReportFormat, render } from './index.ts'
import { sampleDecision, sampleReport } from './sample.ts'
import { sampleModelDecision, sampleModelReport } from './sample-model.ts'
import { samplePictureDecision, samplePictureReport } from './sample-pictures.ts'
import { widthOf } from './screen.ts'
import { segmentsOf } from './visible.ts'

/** Texts that try to leave the place where they are quoted. */
const hostile = [
  '</style></script><script>alert(1)</script><img src=x onerror=alert(2)>',
  '" onmouseover="alert(3)" x="',
  "' --> <!-- ]]> <![CDATA[ <svg onload=alert(4)>",
  'javascript:alert(5) https://evil.example/ www.evil.example @everyone #1',
  '\u001b[2J\u001b]0;owned\u0007\r\n\u0000\u009b31m',
  '\u202egnp.exe\u202c \u2066hidden\u2069 \u200b\u200b\u200b \u{e0041}\u{e0042}',
  'x'.repeat(10_000),
  '😀👨‍👩‍👧🏴󠁧󠁢󠁥󠁮󠁧󠁿 '.repeat(50),
  '\ud800 \udfff \ufffe \uffff',
  '`code` **bold** [link](https://evil.example) ![i](x) | a | b |\n\n# heading\n```\nfence',
  '__proto__',
  '日本語のテキスト'.repeat(40),
]

const own = new Set([
  'kind',
  'severity',
  'status',
  'threat',
  'detector',
  'message',
  'version',
  'id',
  'form',
  'role',
  'finding',
  'cause',
  '$schema',
  'digest',
  'sha256',
  'expires',
  'verdict',
  'engine',
  'list',
  'does',
  'sign',
  'shared',
])

/** The value with every text that data can choose replaced by `text`; numbers, ids and closed sets stay. */
function poisoned<T>(value: T, text: string, key = ''): T {
  if (typeof value === 'string') return (own.has(key) ? value : text) as T
  if (Array.isArray(value)) return value.map(v => poisoned(v, text, key === 'codePoints' ? 'id' : '')) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poisoned(v, text, k)])) as T
}

const samples = {
  data: { report: sampleReport(), decision: sampleDecision(sampleReport()) },
  model: { report: sampleModelReport(), decision: sampleModelDecision(sampleModelReport()) },
  pictures: { report: samplePictureReport(), decision: samplePictureDecision(samplePictureReport()) },
}
type Kind = keyof typeof samples

function poisonedReport(text: string, kind: Kind): Report {
  const { report: clean } = samples[kind]
  const report = poisoned(clean, text)
  return { ...report, tool: clean.tool, outcomes: report.outcomes.map(o => ({ ...o, options: { [text]: text } })) }
}

const renderedAs = (kind: Kind, text: string, format: ReportFormat) => {
  const report = poisonedReport(text, kind)
  return render(report, poisoned(samples[kind].decision, text), format)
}

type Node = DefaultTreeAdapterTypes.Node
function* elements(node: Node): Iterable<DefaultTreeAdapterTypes.Element> {
  if ('tagName' in node) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child)
}

const allowed = new Set(
  'html head meta title style body a header div svg ellipse span p main section h1 h2 h4 ul li dl dd dt code article details summary figure figcaption g line text path circle tspan rect aside ol i mark bdi table thead tbody tr th td footer script br b img'.split(
    ' ',
  ),
)

const cases = (['data', 'model', 'pictures'] as const).flatMap(kind =>
  hostile.map(text => [kind, JSON.stringify(text).slice(0, 40), text] as const),
)

describe.each(cases)('%s: hostile text %s', (kind, _, text) => {
  const known = new Map<ReportFormat, string>()
  const rendered = (format: ReportFormat): string => {
    const page = known.get(format) ?? renderedAs(kind, text, format)
    known.set(format, page)
    return page
  }
  afterAll(() => known.clear())

  it('stays text in HTML', () => {
    const all = [...elements(parse(rendered('html')))]
    const names = all.map(e => e.tagName)
    expect(names.filter(name => !allowed.has(name) && name !== 'title')).toEqual([])
    const scripts = all.filter(e => e.tagName === 'script')
    expect(scripts).toHaveLength(1)
    expect(scripts[0]!.childNodes.map(n => ('value' in n ? n.value : ''))).toEqual([script])
    expect(names.filter(name => name === 'style')).toHaveLength(1)
    const attributes = all.flatMap(e => e.attrs)
    expect(attributes.filter(a => /^on|^style$|^srcset$|^action$|^formaction$/i.test(a.name))).toEqual([])
    expect(
      attributes.filter(a => a.name === 'src' && !/^data:image\/png;base64,[A-Za-z0-9+/=]*$/.test(a.value)),
    ).toEqual([])
    const links = attributes.filter(a => /href$/i.test(a.name)).map(a => a.value)
    expect(links.filter(link => !/^#|^https:\/\//.test(link) || link.includes('evil'))).toEqual([])
  })

  it('leaves no control or hidden character and no wide line at a terminal', () => {
    const lines = rendered('terminal').split('\n')
    expect(
      lines.filter(line => /[\u0000-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\p{Cs}]/u.test(line)),
    ).toEqual([])
    expect(lines.filter(line => widthOf(line) > 80)).toEqual([])
  })

  it('opens no tag, link, fence or mention in Markdown, and fits a comment', () => {
    const page = rendered('markdown')
    expect(page.length).toBeLessThan(65_536)
    const tags = page.match(/<[^>]*>?/g) ?? []
    expect(tags.filter(tag => !/^<\/?(details|summary|code|pre|b|br|sub)>$/.test(tag))).toEqual([])
    expect(page).not.toMatch(/https?:\/\/|www\.|@[a-z]|\]\(|^```|^# /m)
  })

  it('stays text in XML and JSON', () => {
    const xml = rendered('junit')
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Cs}|<script|<!\[CDATA|<!--/u)
    expect(
      [...xml.matchAll(/<\/?([a-z]+)/g)].every(([, tag]) =>
        /^(testsuites?|testcase|propert(y|ies)|failure|error|skipped)$/.test(tag!),
      ),
    ).toBe(true)
    for (const format of ['json', 'sarif', 'junit', 'markdown', 'html'] as const)
      expect(rendered(format)).not.toMatch(/(?!\n)[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069\p{Cs}]/u)
    for (const format of ['json', 'sarif'] as const) JSON.parse(rendered(format))
    const sarif = rendered('sarif')
    expect(Buffer.from(sarif, 'utf8').toString('utf8')).toBe(sarif)
  })
})

describe('the HTML page', () => {
  const page = renderedAs('data', 'x', 'html')

  it('asks for nothing: no address is loaded, and its policy forbids it', () => {
    const all = [...elements(parse(page))]
    expect(
      all.filter(e => /^(link|img|iframe|object|embed|base|form|video|audio|source|use|image)$/.test(e.tagName)),
    ).toEqual([])
    expect(page).not.toMatch(/@import|url\(|fetch\(|XMLHttpRequest|import\(/)
    expect(page).toMatch(
      /default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]+&#39;; script-src &#39;sha256-[\w+/=]+&#39;/,
    )
  })

  it('gives every picture a text, every id once, and every link inside the page a place', () => {
    const all = [...elements(parse(render(sampleReport(), sampleDecision(sampleReport()), 'html')))]
    const attribute = (e: (typeof all)[number], name: string) => e.attrs.find(a => a.name === name)?.value
    const pictures = all.filter(e => e.tagName === 'svg')
    expect(pictures.filter(e => !attribute(e, 'aria-label') && attribute(e, 'aria-hidden') !== 'true')).toEqual([])
    const ids = all.flatMap(e => attribute(e, 'id') ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    const inside = all.flatMap(e => attribute(e, 'href') ?? []).filter(h => h.startsWith('#'))
    expect(inside.filter(h => !ids.includes(h.slice(1)))).toEqual([])
  })
})

describe('figures', () => {
  const of = (figures: Report['outcomes'][number]['figures']) => {
    const report = sampleReport()
    const [first, ...rest] = report.outcomes
    return render(
      { ...report, outcomes: [{ ...first!, figures }, ...rest.map(o => ({ ...o, figures: [] }))] },
      sampleDecision(report),
      'html',
    )
  }

  it('leaves out a picture of nothing', () => {
    const page = of([
      { kind: 'volcano', title: 'T', x: 'x', y: 'y', points: [] },
      { kind: 'heat', title: 'T', x: 'x', y: 'y', labels: [], counts: [] },
      { kind: 'bars', title: 'T', x: 'x', bars: [] },
      { kind: 'line', title: 'T', x: 'x', y: 'y', series: [{ name: 's', points: [] }] },
    ])
    expect(page).not.toContain('<figure')
  })

  it('writes finite coordinates whatever the numbers', () => {
    const point = { name: 'w', label: 'l', rows: 1, lit: true }
    const page = of([
      {
        kind: 'volcano',
        title: 'T',
        x: 'x',
        y: 'y',
        points: [
          { ...point, x: 0, y: 0 },
          { ...point, x: Number.NaN, y: 1 },
        ],
      },
      {
        kind: 'volcano',
        title: 'T',
        x: 'x',
        y: 'y',
        points: [
          { ...point, x: 1e300, y: 1e300 },
          { ...point, x: -1e-300, y: Infinity },
        ],
      },
      { kind: 'heat', title: 'T', x: 'x', y: 'y', labels: ['a', 'b'], counts: [[0, 0], []] },
      { kind: 'bars', title: 'T', x: 'x', bars: [{ name: 'b', value: -5, of: 0, lit: true }] },
      { kind: 'line', title: 'T', x: 'x', y: 'y', series: [{ name: 's', points: [[1, 1]] }] },
    ])
    expect(page.match(/<figure/g)).toHaveLength(5)
    expect(page.replace(script, '')).not.toMatch(/"[^"<>]*(NaN|Infinity|undefined)[^"<>]*"/)
  })
})

describe('segmentsOf', () => {
  const hidden = (text: string) =>
    segmentsOf(text)
      .filter(s => s.hidden)
      .map(s => s.text)

  it('names what a reader does not see', () => {
    expect(hidden('a\u200bb')).toEqual(['U+200B'])
    expect(hidden('a\u200b\u200b\u200bb')).toEqual(['U+200B ×3'])
    expect(hidden('\u{e0041}\u{e0042}')).toEqual(['U+E0041…U+E0042 “AB”'])
    expect(hidden('\u001b[31m')).toEqual(['U+001B'])
  })

  it('leaves emoji and the joiners of honest scripts alone, except inside a span that tells', () => {
    for (const honest of ['👨‍👩‍👧', '❤️', '1️⃣', 'می‌خواهم', 'क्‍ष']) expect(hidden(honest)).toEqual([])
    expect(segmentsOf('👨‍👩', [[0, 5]]).some(s => s.hidden)).toBe(true)
  })

  it('marks exactly the span, and loses no visible character', () => {
    const segments = segmentsOf('one two three', [[4, 7]])
    expect(segments.map(s => [s.text, s.marked])).toEqual([
      ['one ', false],
      ['two', true],
      [' three', false],
    ])
  })

  it('keeps a payload of thousands short', () => {
    const payload = Array.from({ length: 5000 }, (_, i) => String.fromCodePoint(0xe0100 + (i % 90))).join('')
    expect(hidden(payload)[0]!.length).toBeLessThan(120)
  })
})
