import { jpegLoss } from './jpeg-loss.ts'
import { type Raster, resized } from './raster.ts'

/** What happens to a picture after somebody changed it: nothing, a lossy file, or a smaller copy brought back to size. */
export const afterwards = ['none', 'jpeg-90', 'jpeg-75', 'resize'] as const
export type Afterwards = (typeof afterwards)[number]

/** The picture after that. */
export function passed(raster: Raster, after: Afterwards): Raster {
  switch (after) {
    case 'none':
      return raster
    case 'jpeg-90':
      return jpegLoss(raster, 90)
    case 'jpeg-75':
      return jpegLoss(raster, 75)
    case 'resize': {
      const smaller = (side: number) => Math.max(1, Math.round(side * 0.75))
      return resized(resized(raster, smaller(raster.width), smaller(raster.height)), raster.width, raster.height)
    }
  }
}
