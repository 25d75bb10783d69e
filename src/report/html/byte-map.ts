import type { ExaminedFile } from '../../core/index.ts'
import { percentText, sizeText } from '../lines.ts'
import { visibleText } from '../visible.ts'
import { html, type Markup } from './markup.ts'

const width = 1000
const height = 26
/** Kinds of bytes with a colour of their own; the rest share one. */
const mostColours = 6

/** The bytes of a file from first to last as a bar, coloured by what they were read as; what nobody read is hatched. */
export function byteMap(file: ExaminedFile, accused: ReadonlySet<string>): Markup | null {
  if (file.sizeBytes === 0 || file.bytes.length === 0) return null
  const kinds = kindsOf(file)
  const x = (at: number) => ((at / file.sizeBytes) * width).toFixed(2)
  const rects = file.bytes.map(({ start, end, as, read }) => {
    const wide = Math.max(read ? 0.4 : 4, ((end - start) / file.sizeBytes) * width)
    const from = Math.min(Number(x(start)), width - wide)
    const title = `${visibleText(as, 80)}: bytes ${start.toLocaleString('en-US')} to ${end.toLocaleString('en-US')}`
    return html`<rect class="${classOf(kinds, as, read)}" x="${from.toFixed(2)}" y="6" width="${wide.toFixed(2)}" height="20"><title>${title}</title></rect>`
  })
  const marks = file.members
    .filter(m => m.depth === 1 && m.start !== undefined && [...accused].some(path => isIn(path, m.path)))
    .slice(0, 50)
    .map(
      m =>
        html`<rect class="accused" x="${x(m.start!)}" y="0" width="${Math.max(9, Number(x(m.end! - m.start!))).toFixed(2)}" height="5"><title>${visibleText(m.path, 200)}</title></rect>`,
    )
  const legend = kinds.map(
    ({ as, bytes, read }) =>
      html`<li><i class="${classOf(kinds, as, read)}"></i>${visibleText(as, 60)} <span class="quiet">${sizeText(bytes)}, ${shareText(bytes / file.sizeBytes)}</span></li>`,
  )
  const words = kinds.map(k => `${visibleText(k.as, 60)} ${sizeText(k.bytes)}`).join(', ')
  return html`<svg class="map" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="Bytes of the file: ${words}">${rects}${marks}</svg><ul class="legend">${legend}</ul>`
}

const shareText = (share: number): string => (share < 0.001 ? 'under 0.1 %' : percentText(share))

const isIn = (path: string, member: string): boolean => path === member || path.startsWith(`${member}/`)

interface Kind {
  readonly as: string
  readonly read: boolean
  readonly bytes: number
}

function kindsOf({ bytes }: ExaminedFile): Kind[] {
  const sums = new Map<string, { as: string; read: boolean; bytes: number }>()
  for (const { start, end, as, read } of bytes) {
    const kind = sums.get(`${as}/${read}`) ?? { as, read, bytes: 0 }
    kind.bytes += end - start
    sums.set(`${as}/${read}`, kind)
  }
  const all = [...sums.values()].sort((a, b) => Number(a.read) - Number(b.read) || b.bytes - a.bytes)
  if (all.length <= mostColours + 2) return all
  const rest = all.slice(mostColours + 1).reduce((sum, kind) => sum + kind.bytes, 0)
  return [...all.slice(0, mostColours + 1), { as: 'other parts', read: true, bytes: rest }]
}

function classOf(kinds: readonly Kind[], as: string, read: boolean): string {
  if (!read) return 'gap'
  const at = kinds.filter(kind => kind.read).findIndex(kind => kind.as === as)
  return at < 0 || at >= mostColours ? 'k-rest' : `k${at}`
}
