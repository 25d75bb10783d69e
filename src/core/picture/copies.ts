import { lookVectors, type Squares } from './look-vectors.ts'
import { MirrorIndex } from './mirror-index.ts'

/** Which pictures look alike, picture by picture. */
export interface PictureCopies {
  /** The picture that stands for the group of each picture: itself where it is alone or first. */
  readonly centre: Int32Array
  /** Likeness to that picture, 1 for itself. */
  readonly likeness: Float32Array
  /** 1 where it is alike in the mirror. */
  readonly mirrored: Uint8Array
}

export interface CopiesOptions {
  /**
   * Least likeness to the centre of a group, 0 to 1. From about 0.93 it takes a copy (encoded anew, another size, in
   * another light, mirrored); pictures of one subject that are no copies reach 0.5 to 0.9.
   */
  readonly least: number
}

/**
 * Groups of pictures that look alike, in time linear in their number. A picture joins the centre that it is most alike,
 * or becomes a centre: members are alike their centre, never only one another in a chain. Likeness is the cosine of
 * `lookVectors`. Flat pictures are alike nothing.
 */
export function pictureCopies(squares: Squares, { least }: CopiesOptions): PictureCopies {
  const looks = lookVectors(squares)
  const count = looks.flat.length
  const groups = {
    centre: Int32Array.from({ length: count }, (_, i) => i),
    likeness: new Float32Array(count).fill(1),
    mirrored: new Uint8Array(count),
  }
  const index = new MirrorIndex(looks, least)
  for (let i = 0; i < count; i++) {
    if (looks.flat[i]) continue
    const found = index.nearest(i)
    if (found.likeness < least) index.keep()
    else {
      groups.centre[i] = found.place
      groups.likeness[i] = found.likeness
      groups.mirrored[i] = found.mirrored ? 1 : 0
    }
  }
  return groups
}
