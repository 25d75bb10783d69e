import { blank, cropped, jpegLoss, type Random, type Raster, resized } from '../../core/index.ts'

/** One change that leaves a picture what it is, as software and people make them. */
type Change = (raster: Raster, random: Random) => Raster

const changes: readonly Change[] = [
  (raster, random) => jpegLoss(raster, 55 + Math.floor(random() * 40)),
  (raster, random) => {
    const scale = 0.7 + random() * 0.25
    const smaller = (side: number) => Math.max(1, Math.round(side * scale))
    return resized(resized(raster, smaller(raster.width), smaller(raster.height)), raster.width, raster.height)
  },
  ({ width, height, pixels }, random) => {
    const [gain, lift] = [0.8 + random() * 0.35, random() * 16 - 8]
    const lit = blank(width, height)
    pixels.forEach((value, i) => void (lit.pixels[i] = Math.max(0, Math.min(255, value * gain + lift))))
    return lit
  },
  withoutRim,
  mirrorImage,
]

/** The picture in a mirror that stands beside it. */
function mirrorImage({ width, height, pixels }: Raster): Raster {
  const turned = blank(width, height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3
      turned.pixels.set(pixels.subarray(from, from + 3), (y * width + width - 1 - x) * 3)
    }
  return turned
}

/** Most of each side that a copy loses. */
const mostCut = 0.06

function withoutRim(raster: Raster, random: Random): Raster {
  const { width, height } = raster
  const kept = (side: number) => Math.max(1, Math.round(side * (1 - mostCut * random())))
  const [w, h] = [kept(width), kept(height)]
  const part = cropped(raster, Math.round(random() * (width - w)), Math.round(random() * (height - h)), w, h)
  return part ? resized(part, width, height) : raster
}

/** A copy with some changes, each drawn anew. */
export function variedCopy({ width, height, pixels }: Raster, edits: number, random: Random): Raster {
  let copy: Raster = { width, height, pixels: pixels.slice() }
  for (let n = 0; n < edits; n++) copy = changes[Math.floor(random() * changes.length)]!(copy, random)
  return copy
}
