/**
 * Which copies of pictures are found, by how they were changed; how many groups clean sets have; and the processor
 * seconds of the search as pictures double. The likeness of the package was chosen on copies of the same corpora: the
 * shares found are no test on unseen pictures.
 * `npx tsx bench/images-copies.ts [corpus,…] [pictures for the speed,…]`
 */
import {
  blank,
  cropped,
  isRaster,
  jpegLoss,
  labelOf,
  pictureCopies,
  type Raster,
  resized,
  seeded,
} from '../src/core/index.ts'
import { corpusOf, pictureCorpora } from '../src/lab/index.ts'

const copied = 200
const least = 0.93
const side = 32

const scaled = (raster: Raster, by: number): Raster =>
  resized(raster, Math.max(1, Math.round(raster.width * by)), Math.max(1, Math.round(raster.height * by)))
const back = (raster: Raster, by: number): Raster => resized(scaled(raster, by), raster.width, raster.height)
const lit = (gain: number, lift: number) => (raster: Raster) => ({
  ...raster,
  pixels: raster.pixels.map(value => Math.max(0, Math.min(255, value * gain + lift))),
})
const cut = (share: number) => (raster: Raster) => {
  const [x, y] = [Math.round(raster.width * share), Math.round(raster.height * share)]
  return resized(cropped(raster, x, y, raster.width - 2 * x, raster.height - 2 * y)!, raster.width, raster.height)
}

function mirror({ width, height, pixels }: Raster): Raster {
  const turned = blank(width, height)
  for (let p = 0; p < width * height; p++) {
    const from = 3 * (Math.floor(p / width) * width + (width - 1 - (p % width)))
    turned.pixels.set(pixels.subarray(from, from + 3), 3 * p)
  }
  return turned
}

const changes: Readonly<Record<string, (raster: Raster) => Raster>> = {
  'no change': raster => raster,
  'JPEG 90': raster => jpegLoss(raster, 90),
  'JPEG 75': raster => jpegLoss(raster, 75),
  'JPEG 50': raster => jpegLoss(raster, 50),
  'three quarters of the size': raster => back(raster, 0.75),
  'half of the size': raster => back(raster, 0.5),
  'brighter by a quarter': lit(1.25, 5),
  'darker by a quarter': lit(0.75, 0),
  mirrored: mirror,
  'mirrored, JPEG 75, darker': raster => jpegLoss(lit(0.8, 0)(mirror(raster)), 75),
  '1.5 % of each side cut': cut(0.015),
  '3 % of each side cut': cut(0.03),
  '6 % of each side cut': cut(0.06),
  '10 % of each side cut': cut(0.1),
}

function squaresOf(rasters: readonly Raster[]) {
  const pixels = new Uint8Array(rasters.length * side * side * 3)
  rasters.forEach((raster, i) => void pixels.set(resized(raster, side, side).pixels, i * side * side * 3))
  return { side, pixels }
}

function found(rasters: readonly Raster[], change: (raster: Raster) => Raster): number {
  const originals = Array.from(
    { length: copied },
    (_, k) => (2 * Math.floor((k * rasters.length) / (2 * copied)) + 1) % rasters.length,
  )
  const { centre } = pictureCopies(squaresOf([...rasters, ...originals.map(i => change(rasters[i]!))]), { least })
  return originals.filter((i, k) => centre[rasters.length + k] === i || centre[rasters.length + k] === centre[i]).length
}

for (const corpus of (process.argv[2] ?? pictureCorpora.join()).split(',').filter(id => corpusOf(id).here)) {
  const rows = corpusOf(corpus)
    .rows()
    .filter(row => isRaster(row.image))
  const rasters = rows.map(row => row.image as Raster)
  const { centre } = pictureCopies(squaresOf(rasters), { least })
  const members = [...centre.keys()].filter(i => centre[i] !== i)
  const disputed = members.filter(i => labelOf(rows[i]!.label) !== labelOf(rows[centre[i]!]!.label)).length
  const groups = new Set(members.map(i => centre[i])).size
  console.log(
    `${corpus}: ${members.length} of ${rows.length} pictures join ${groups} groups, ${disputed} under another label`,
  )
  for (const [name, change] of Object.entries(changes))
    console.log(`  ${name.padEnd(28)} ${((100 * found(rasters, change)) / copied).toFixed(1).padStart(5)} % found`)
}

for (const count of (process.argv[3] ?? '6250,12500,25000,50000').split(',').map(Number)) {
  const random = seeded(5)
  const rasters = Array.from({ length: count }, () => {
    const coarse = blank(7, 7)
    coarse.pixels.forEach((_, i) => void (coarse.pixels[i] = random() * 256))
    return resized(coarse, side, side)
  })
  const squares = squaresOf(rasters)
  const begun = process.cpuUsage()
  pictureCopies(squares, { least })
  console.log(`${count} pictures: ${(process.cpuUsage(begun).user / 1e6).toFixed(1)} processor seconds`)
}
