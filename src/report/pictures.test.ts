import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { describe, expect, it } from 'vitest'
import { render } from './index.ts'
import { samplePictureDecision, samplePictureReport } from './sample-pictures.ts'

type Element = DefaultTreeAdapterTypes.Element

const report = samplePictureReport()
const decision = samplePictureDecision(report)

function elements(node: DefaultTreeAdapterTypes.Node): Element[] {
  const own = 'tagName' in node ? [node] : []
  return [...own, ...('childNodes' in node ? node.childNodes.flatMap(elements) : [])]
}
const attribute = (element: Element, name: string) => element.attrs.find(a => a.name === name)?.value

describe('pictures in reports', () => {
  const page = elements(parse(render(report, decision, 'html')))

  it('stand in the page itself, each with a name', () => {
    const images = page.filter(e => e.tagName === 'img')
    expect(images.length).toBeGreaterThan(24)
    for (const image of images) {
      expect(attribute(image, 'src')).toMatch(/^data:image\/png;base64,iVBOR[A-Za-z0-9+/=]+$/)
      expect(attribute(image, 'alt')).not.toBe('')
    }
    const policy = page.find(e => attribute(e, 'http-equiv') === 'Content-Security-Policy')
    expect(attribute(policy!, 'content')).toContain('img-src data:;')
  })

  it('show the trigger, the map, the frames, the flows and the groups', () => {
    const classes = page.map(e => attribute(e, 'class') ?? '')
    for (const name of ['hero', 'heatmap', 'frame', 'plot flow', 'tiles group', 'thumb lit'])
      expect(classes).toContain(name)
    expect(page.filter(e => attribute(e, 'class') === 'band lit').length).toBe(2)
  })

  it('hold no address but their own bytes, whatever the report says', () => {
    const hostile = structuredClone(report)
    const evidence = hostile.outcomes[0]!.findings[0]!.evidence
    if (evidence.kind !== 'pictures') throw new Error('the sample changed')
    evidence.tiles[0]!.png = 'x" onerror="alert(1)'
    evidence.heat = { width: 9999, height: 9999, values: [1] }
    evidence.tiles[0]!.box = [Number.NaN, -4, 1e9, 1e9]
    const images = elements(parse(render(hostile, decision, 'html'))).filter(e => e.tagName === 'img')
    expect(images.some(e => attribute(e, 'onerror') !== undefined)).toBe(false)
    expect(render(hostile, decision, 'html')).not.toContain('9999')
  })

  it('are drawn in blocks where the terminal shows all colours, and named elsewhere', () => {
    const plain = render(report, decision, 'terminal', { width: 80 })
    expect(plain).toContain('stop/00000.png')
    expect(plain).not.toContain('\u001b[')
    const drawn = render(report, decision, 'terminal', { width: 80, colour: true, trueColour: true })
    const lines = drawn.split('\n').filter(line => line.includes('▀'))
    expect(lines.length).toBe(8)
    for (const line of lines) expect([...line].filter(c => c === '▀').length).toBe(64)
  })
})
