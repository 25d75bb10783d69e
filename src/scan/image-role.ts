import type { Cell } from '../core/index.ts'
import { isPictureText, mediaOf } from '../sources/index.ts'
import { isUrl, shareOf } from './marks.ts'
import { isPictureName } from './pictures/names.ts'
import { folded } from './shapes/names.ts'

/** A column that holds pictures, and how that is known. */
export interface ImageColumn {
  readonly name: string
  readonly because: string
}

/** Usual names, most telling first; what the cells hold decides. */
const usual =
  'image img picture photo imagebytes imagepath imgpath imagefile imagefilename imagename imageid filename filepath file path'.split(
    ' ',
  )
/** Share of the cells that must hold a picture, some of which may be damaged, or the name of one. */
const least = { bytes: 0.5, name: 0.8 } as const

/** How cells hold pictures, the surest first. */
const kinds = ['bytes', 'name'] as const

/**
 * The column that holds pictures by what its cells are: bytes of pictures, `{ bytes, path }`, or names of pictures.
 * @param known the column that names pictures which are there, where that was looked up
 */
export function imageColumn(
  samples: readonly { readonly name: string; readonly cells: readonly Cell[] }[],
  known?: string,
): ImageColumn | null {
  if (known !== undefined) return { name: known, because: 'content: names of pictures' }
  const found = samples.flatMap(({ name, cells }) => {
    const filled = cells.filter(cell => cell !== null && cell !== '')
    const kind = kinds.find(kind => filled.length > 0 && shareOf(filled, cell => kindOf(cell) === kind) >= least[kind])
    return kind ? [{ name, kind }] : []
  })
  const rank = ({ name, kind }: (typeof found)[number]) => {
    const at = usual.indexOf(folded(name))
    return (kind === 'bytes' ? 0 : 1000) + (at < 0 ? usual.length : at)
  }
  const [best, ...rest] = found.sort((a, b) => rank(a) - rank(b))
  if (!best) return null
  const others = rest.length > 0 ? `; "${rest[0]!.name.slice(0, 40)}" could be it too` : ''
  return { name: best.name, because: `content: ${best.kind === 'bytes' ? 'pictures' : 'names of pictures'}${others}` }
}

function kindOf(cell: Cell): (typeof kinds)[number] | null {
  if (cell instanceof Uint8Array) return isPictureBytes(cell) ? 'bytes' : null
  if (typeof cell === 'string') return isName(cell) ? 'name' : isPictureText(cell) ? 'bytes' : null
  if (typeof cell !== 'object' || cell === null || Array.isArray(cell)) return null
  if ('pixels' in cell) return 'bytes'
  const { bytes, path } = cell as { readonly bytes?: unknown; readonly path?: unknown }
  if (bytes instanceof Uint8Array) return isPictureBytes(bytes) ? 'bytes' : null
  if (typeof bytes === 'string') return isPictureText(bytes) ? 'bytes' : null
  return typeof path === 'string' && isName(path) ? 'name' : null
}

const isPictureBytes = (bytes: Uint8Array): boolean => mediaOf(bytes.subarray(0, 512)).type.startsWith('image/')
const isName = (text: string): boolean => text.length <= 4096 && isPictureName(text.trim()) && !isUrl(text)

/** Columns of a table of pictures that say where and how large, and never what. */
const places =
  /^(width|height|depth|size|frame|frameid|track|trackid|sequence|seq|x|y|w|h|x[012]|y[012]|xmin|ymin|xmax|ymax|roi.*|bbox.*|left|top|right|bottom|channels|format|mode|split|fold|subset|page|index|idx|aspectratio)$/

/** Whether a column beside pictures can be their label, as far as its name tells. */
export const mayLabel = (name: string): boolean => !places.test(folded(name))
