import type { Tile } from '../evidence.ts'
import { partOf, type RowId, recordOf } from '../table.ts'
import { pngOf } from './png.ts'
import { type Raster, resized } from './raster.ts'

/** Longest side of a tile in pixels. */
export const tileSide = 96

/** Where a tile comes from, and what is said of it. */
export interface TileSource {
  readonly row?: RowId
  readonly name: string
  readonly label?: string | null
  readonly score?: number
  readonly note?: string
  readonly box?: readonly [number, number, number, number]
}

/**
 * A small picture for a report.
 * @param parts the table's parts, which name the file of the row
 */
export function tileOf(raster: Raster, of: TileSource, parts: readonly { readonly name: string }[] = []): Tile {
  const scale = Math.min(1, tileSide / Math.max(raster.width, raster.height))
  const sized = (length: number) => Math.max(1, Math.round(length * scale))
  const { width, height, pixels } = resized(raster, sized(raster.width), sized(raster.height))
  const { row, name, label, score, note, box } = of
  return {
    png: Buffer.from(pngOf({ width, height, pixels })).toString('base64'),
    width,
    height,
    ...(row === undefined ? {} : { part: parts[partOf(row)]?.name ?? '', record: recordOf(row) }),
    name: name.slice(0, 200),
    ...(label === null || label === undefined ? {} : { label: label.slice(0, 200) }),
    ...(score === undefined ? {} : { score }),
    ...(note === undefined ? {} : { note }),
    ...(box === undefined ? {} : { box: [...box] as Tile['box'] }),
  }
}
