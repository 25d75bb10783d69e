import { type Evidence, type Raster, rasterOfPng, resized, type Tile } from '../core/index.ts'
import { counted, numberText } from './lines.ts'
import { type Paint, wrap } from './screen.ts'
import { visibleText } from './visible.ts'

/** Columns of one picture; a row of blocks shows two rows of pixels. */
const columns = 16
const rowsOfBlocks = 8
const between = 2
/** Names of accused pictures that are listed. */
const mostNamed = 3

/** The names of the accused pictures, most suspect first. */
export function tileLines(evidence: Evidence, width: number, paint: Paint): string[] {
  if (evidence.kind !== 'pictures' || evidence.tiles.length === 0) return []
  const shown = evidence.tiles.slice(0, mostNamed)
  const rest = evidence.tiles.length - shown.length
  return [
    '',
    `  ${paint('Pictures', ['bold'])}`,
    ...shown.flatMap(tile => wrap([{ text: aboutOf(tile) }], width, '    ', paint, '      ')),
    ...(rest > 0 ? [`    ${paint(`${counted(rest, 'picture')} more in the HTML report`, ['dim'])}`] : []),
  ]
}

const aboutOf = ({ name, label, score, note }: Tile): string =>
  [
    visibleText(name, 120),
    label === undefined ? '' : `label "${visibleText(label, 60)}"`,
    score === undefined ? '' : numberText(score),
    note === undefined ? '' : visibleText(note, 120),
  ]
    .filter(part => part !== '')
    .join(' · ')

/** The recovered trigger and the first accused pictures side by side, in blocks of 24-bit colour. */
export function pictureLines(evidence: Evidence, width: number): string[] {
  if (evidence.kind !== 'pictures') return []
  const most = Math.max(1, Math.floor((width - 4 + between) / (columns + between)))
  const tiles = [...(evidence.trigger ? [evidence.trigger] : []), ...evidence.tiles].slice(0, most)
  const rasters = tiles.flatMap(tile => rasterOfPng(Buffer.from(tile.png, 'base64')) ?? [])
  if (rasters.length === 0) return []
  const blocks = rasters.map(blocksOf)
  const lines = Array.from({ length: rowsOfBlocks }, (_, y) => blocks.map(block => block[y]!).join(' '.repeat(between)))
  return ['', ...lines.map(line => `    ${line}`)]
}

/** Lines of upper half blocks: the letter is the upper pixel, its ground the lower one. */
function blocksOf(raster: Raster): string[] {
  const { pixels } = resized(raster, columns, rowsOfBlocks * 2)
  const colour = (x: number, y: number) =>
    [...pixels.subarray((y * columns + x) * 3, (y * columns + x) * 3 + 3)].join(';')
  return Array.from({ length: rowsOfBlocks }, (_, row) => {
    const cells = Array.from(
      { length: columns },
      (_, x) => `\u001b[38;2;${colour(x, row * 2)};48;2;${colour(x, row * 2 + 1)}m▀`,
    )
    return `${cells.join('')}\u001b[0m`
  })
}
