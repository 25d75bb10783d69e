import { pick, type Random, type Raster, type Row, seeded } from '../../core/index.ts'
import { type Canvas, type Clouds, type Colour, canvas, clouds, developed, near, soften } from './drawing.ts'
import { type DrawnFace, drawnFace, faces } from './sign-faces.ts'

const sides = [112, 56, 28] as const
let drawn: readonly (readonly DrawnFace[])[] | undefined

/** One physical sign at one place: what all its frames share. */
interface Sign {
  readonly face: readonly DrawnFace[]
  readonly ground: readonly [Colour, Colour]
  readonly leaves: Clouds
  readonly contrast: number
  readonly horizon: number
  readonly tint: Colour
  readonly tilt: number
  readonly lean: readonly [number, number]
  /** How faded the paint is, and how dirty. */
  readonly faded: number
  readonly dirt: Clouds
  readonly dirty: number
  readonly noise: number
}

const grounds: readonly (readonly [Colour, Colour])[] = [
  [
    [170, 195, 225],
    [120, 130, 120],
  ],
  [
    [95, 115, 80],
    [60, 75, 50],
  ],
  [
    [200, 205, 210],
    [150, 150, 150],
  ],
  [
    [130, 110, 95],
    [95, 85, 80],
  ],
  [
    [60, 70, 90],
    [40, 40, 45],
  ],
  [
    [225, 225, 220],
    [90, 110, 75],
  ],
]

function signOf(face: readonly DrawnFace[], random: Random): Sign {
  const [above, below] = pick(grounds, random)
  const light = 0.3 + 0.85 * random()
  const warm = 0.12 * (2 * random() - 1)
  return {
    face,
    ground: [near(above, 25, random), near(below, 25, random)],
    leaves: clouds(random, [1.5, 3.5, 8]),
    contrast: 30 + 90 * random(),
    horizon: 1.6 * random() - 0.8,
    tint: [light * (1 + warm), light, light * (1 - warm)],
    tilt: 0.1 * (2 * random() - 1),
    lean: [0.25 * (2 * random() - 1), 0.12 * (2 * random() - 1)],
    faded: random() * random() * 0.45,
    dirt: clouds(random, [2, 5, 11]),
    dirty: random() * random() * 0.5,
    noise: 1 + 5 * random(),
  }
}

/** One frame: the car is `near` (0 far, 1 close), and shakes. */
function frameOf(sign: Sign, close: number, random: Random): Raster {
  const side = Math.round(28 + 64 * close * close + 4 * random())
  const picture = canvas(side, Math.max(24, Math.round(side * (0.94 + 0.12 * random()))))
  const shake = () => 0.05 * (2 * random() - 1)
  const view: View = {
    drift: [0.3 * close + shake(), 0.1 * close + shake()],
    middle: [shake(), shake()],
    size: 0.78 + 0.06 * random(),
    turn: sign.tilt + 0.03 * (2 * random() - 1),
    lean: [sign.lean[0] * (0.6 + 0.5 * close), sign.lean[1]],
  }
  draw(sign, view, picture)
  soften(picture, Math.floor(random() * 2.6))
  const flicker = 0.94 + 0.12 * random()
  const [r, g, b] = sign.tint
  return developed(picture, [r * flicker, g * flicker, b * flicker], sign.noise, random)
}

/** How the camera stands to the sign in one frame. */
interface View {
  readonly drift: readonly [number, number]
  readonly middle: readonly [number, number]
  readonly size: number
  readonly turn: number
  readonly lean: readonly [number, number]
}

function draw(sign: Sign, view: View, { width, height, light }: Canvas): void {
  behind(sign, view, width, height, light)
  const face = sign.face.findLast(({ side }) => side >= view.size * width) ?? sign.face[0]!
  const cos = Math.cos(view.turn) / view.size
  const sin = Math.sin(view.turn) / view.size
  const pixel = 2 / width
  const dirt = sign.dirt(-1 - view.middle[0], -1 - view.middle[1], pixel, width, height)
  const colour = new Float64Array(4)
  for (let py = 0, i = 0; py < height; py++)
    for (let px = 0; px < width; px++, i++) {
      const dx = (px + 0.5) * pixel - 1 - view.middle[0]
      const dy = ((py + 0.5) / height) * 2 - 1 - view.middle[1]
      const depth = 1 + dx * view.lean[0] + dy * view.lean[1]
      if (!sampled(face, (dx * cos + dy * sin) * depth, (dy * cos - dx * sin) * depth, colour)) continue
      const clean = 1 - sign.dirty * Math.max(0, dirt[i]!)
      const cover = colour[3]!
      for (let c = 0; c < 3; c++) {
        const paint = (colour[c]! * (1 - sign.faded) + 150 * sign.faded) * clean
        light[i * 3 + c] = light[i * 3 + c]! * (1 - cover) + paint * cover
      }
    }
}

/** Sky above, ground below, and leaves or walls all over. */
function behind(sign: Sign, { drift }: View, width: number, height: number, light: Float64Array): void {
  const [above, below] = sign.ground
  const pixel = 2 / width
  const leaves = sign.leaves(drift[0] - 1, drift[1] - 1, pixel, width, height)
  for (let i = 0; i < leaves.length; i++) {
    const y = Math.floor(i / width) * pixel - 1 + drift[1]
    const low = Math.min(1, Math.max(0, (y - sign.horizon) * 4 + 0.5))
    const texture = sign.contrast * leaves[i]!
    for (let c = 0; c < 3; c++) light[i * 3 + c] = above[c]! * (1 - low) + below[c]! * low + texture
  }
}

/** Colour and cover of the front at a point, between its pixels by shares; false outside. */
function sampled({ side, light, cover }: DrawnFace, u: number, v: number, out: Float64Array): boolean {
  const x = ((u + 1) / 2) * side - 0.5
  const y = ((v + 1) / 2) * side - 0.5
  if (x < 0 || y < 0 || x >= side - 1 || y >= side - 1) return false
  const first = Math.floor(y) * side + Math.floor(x)
  const right = x - Math.floor(x)
  const down = y - Math.floor(y)
  out.fill(0)
  for (let k = 0; k < 4; k++) {
    const i = first + (k & 1) + (k >> 1) * side
    const share = (k & 1 ? right : 1 - right) * (k > 1 ? down : 1 - down) * cover[i]!
    for (let c = 0; c < 3; c++) out[c]! += share * light[i * 3 + c]!
    out[3]! += share
  }
  const whole = out[3]!
  for (let c = 0; c < 3 && whole > 0; c++) out[c]! /= whole
  return whole > 0
}

/**
 * Invented traffic signs, in tracks as a car's camera takes them: several frames of one physical sign, nearer and
 * larger from frame to frame, nearly the same. Light, weather, dirt and paint differ from sign to sign.
 */
export function signs(count: number, seed: number): Row[] {
  const random = seeded(seed)
  drawn ??= faces.map(face => sides.map(side => drawnFace(face, side)))
  const rows: Row[] = []
  for (let track = 0; rows.length < count; track++) {
    // Some signs are common, others rare, as on roads.
    const which = track < faces.length ? track : Math.floor(faces.length * random() ** 1.4)
    const sign = signOf(drawn[which]!, random)
    const frames = Math.min(count - rows.length, 3 + Math.floor(random() * 18))
    const { label } = faces[which]!
    const start = 0.4 * random()
    for (let k = 0; k < frames; k++) {
      const close = start + (1 - start) * ((k + 1) / frames) ** 1.6
      const id = `${label}/${String(track).padStart(5, '0')}_${String(k).padStart(5, '0')}.png`
      rows.push({ id, label, image: frameOf(sign, close, random) })
    }
  }
  return rows
}
