import { Broken } from '../broken.ts'
import { damaged } from './input.ts'

/** Takes bytes, changes them, hands them on. */
export interface Stage {
  write(piece: Uint8Array): void
  /** Hands on what was kept back. */
  end(): void
}

/** Undoes a filter by its xz id. */
export function unfiltered(id: number, properties: Uint8Array, next: Stage): Stage {
  if (id === 3) return undelta((properties[0] ?? 0) + 1, next)
  if (id === 4) return unx86(next)
  throw new Broken('unsupported', `it uses a filter that is not read here (${id})`)
}

/** Undoes differences to the byte `distance` before. */
export function undelta(distance: number, next: Stage): Stage {
  if (distance > 256) throw damaged('an impossible delta filter')
  const before = new Uint8Array(distance)
  let at = 0
  return {
    write(piece) {
      const out = new Uint8Array(piece.length)
      for (let k = 0; k < piece.length; k++, at = (at + 1) % distance)
        out[k] = before[at] = (piece[k]! + before[at]!) & 255
      next.write(out)
    },
    end: () => next.end(),
  }
}

const keepsMask = [true, true, true, false, true, false, false, false]
const bitOf = [0, 1, 2, 2, 3, 3, 3, 3]
const sign = (byte: number): boolean => byte === 0 || byte === 255

/** Undoes the rewriting of x86 call and jump targets (the BCJ filter of xz and 7z). */
export function unx86(next: Stage): Stage {
  let kept: Uint8Array = new Uint8Array(0)
  let place = 0
  let mask = 0
  let previous = -5
  const turn = (data: Uint8Array, view: DataView): number => {
    let at = 0
    for (; at + 4 < data.length; at++) {
      if ((data[at]! & 0xfe) !== 0xe8) continue
      const here = place + at
      const gap = here - previous
      previous = here
      if (gap > 5) mask = 0
      else for (let k = 0; k < gap; k++) mask = (mask & 0x77) << 1
      if (!sign(data[at + 4]!) || !keepsMask[(mask >> 1) & 7] || mask >> 1 >= 16) {
        mask |= sign(data[at + 4]!) ? 0x11 : 1
        continue
      }
      view.setUint32(at + 1, target(view.getUint32(at + 1, true), here, mask), true)
      at += 4
      mask = 0
    }
    return at
  }
  return {
    write(piece) {
      const data = new Uint8Array(kept.length + piece.length)
      data.set(kept)
      data.set(piece, kept.length)
      const done = Math.min(data.length, turn(data, new DataView(data.buffer)))
      place += done
      kept = data.slice(done)
      next.write(data.subarray(0, done))
    },
    end() {
      next.write(kept)
      next.end()
    },
  }
}

function target(stored: number, here: number, mask: number): number {
  let source = stored
  for (;;) {
    const to = (source - (here + 5)) >>> 0
    if (mask === 0) return extended(to)
    const bit = (bitOf[mask >> 1] ?? 3) * 8
    if (!sign((to >>> (24 - bit)) & 255)) return extended(to)
    source = (to ^ ((2 ** (32 - bit) - 1) >>> 0)) >>> 0
  }
}

const extended = (to: number): number => (to & 0x1ffffff) | ((~(((to >>> 24) & 1) - 1) << 24) >>> 0)
