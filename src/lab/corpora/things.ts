import { pick, type Random, type Raster, type Row, seeded } from '../../core/index.ts'
import {
  box,
  type Canvas,
  type Colour,
  canvas,
  clouds,
  coverOf,
  developed,
  disc,
  hollow,
  moved,
  polygon,
  type Shape,
  soften,
  star,
  stroke,
  together,
} from './drawing.ts'

const side = 32
const pixel = 2 / side

/** Kinds of things: no two of a kind have the same proportions. */
const kinds: Readonly<Record<string, (random: Random) => Shape>> = {
  ball: () => disc(0.6),
  crate: random => box(0.4 + 0.3 * random(), 0.35 + 0.25 * random()),
  star: random => star(4 + Math.floor(4 * random()), 0.75, 0.45 + 0.2 * random()),
  ring: random => hollow(disc(0.5), 0.15 + 0.2 * random()),
  tree(random) {
    const crown = moved(disc(0.35 + 0.2 * random()), 0, -0.25)
    return together(
      crown,
      stroke(
        [
          [0, 0],
          [0, 0.75],
        ],
        0.1 + 0.1 * random(),
      ),
    )
  },
  house(random) {
    const wide = 0.35 + 0.2 * random()
    return together(moved(box(wide, 0.3), 0, 0.3), moved(polygon(3, 0.28, Math.PI / 2), 0, -0.15, wide * 2))
  },
  boat(random) {
    const sail = moved(polygon(3, 0.3, Math.PI / 2 + 0.3 * random()), 0.05, -0.2, 1.1)
    return together(moved(box(0.5 + 0.2 * random(), 0.12), 0, 0.45), sail)
  },
  plane(random) {
    const swept = 0.5 * random()
    return together(
      stroke(
        [
          [-0.75, 0],
          [0.75, 0],
        ],
        0.18,
      ),
      stroke(
        [
          [-0.2 - swept, 0.6],
          [0.1, 0],
          [-0.2 - swept, -0.6],
        ],
        0.16,
      ),
    )
  },
  creature(random) {
    const legs = [-0.4, -0.15, 0.2, 0.45].map(x =>
      stroke(
        [
          [x, 0.1],
          [x + 0.1 * random(), 0.6],
        ],
        0.1,
      ),
    )
    return together(
      stroke(
        [
          [-0.35, 0],
          [0.4, 0],
        ],
        0.4 + 0.15 * random(),
      ),
      moved(disc(0.2), -0.6, -0.25),
      ...legs,
    )
  },
  cross: random => together(box(0.65, 0.12 + 0.12 * random()), box(0.12 + 0.12 * random(), 0.65)),
}

/** A colour as things have them: mostly muted, now and then bright. */
function colourOf(random: Random): Colour {
  const grey = 30 + 190 * random()
  const vivid = 110 * random() * random()
  return [grey + vivid * (2 * random() - 1), grey + vivid * (2 * random() - 1), grey + vivid * (2 * random() - 1)]
}

function scene(kind: string, random: Random): Raster {
  const picture = canvas(side, side)
  ground(picture, random)
  for (let clutter = Math.floor(3 * random()); clutter > 0; clutter--)
    put(picture, pick(Object.values(kinds), random)(random), 0.2 + 0.3 * random(), 1.6, random)
  put(picture, kinds[kind]!(random), 0.75 + 0.5 * random(), 0.5, random)
  soften(picture, Math.floor(2 * random()))
  const light = 0.6 + 0.6 * random()
  const warm = 0.08 * (2 * random() - 1)
  return developed(picture, [light * (1 + warm), light, light * (1 - warm)], 1 + 4 * random() * random(), random)
}

/** What lies behind: two colours that meet somewhere, and texture. */
function ground({ light }: Canvas, random: Random): void {
  const [one, other] = [colourOf(random), colourOf(random)]
  const turn = 2 * Math.PI * random()
  const [cos, sin, shift, hard] = [Math.cos(turn), Math.sin(turn), random() - 0.5, 0.3 + 3 * random()]
  const contrast = 80 * random()
  const texture = clouds(random, [1 + random(), 3 + 2 * random(), 9])(random(), random(), pixel, side, side)
  for (let i = 0; i < side * side; i++) {
    const along = (((i % side) / side - 0.5) * cos + (Math.floor(i / side) / side - 0.5) * sin - shift) * hard + 0.5
    const share = Math.min(1, Math.max(0, along))
    for (let c = 0; c < 3; c++) light[i * 3 + c] = one[c]! * share + other[c]! * (1 - share) + contrast * texture[i]!
  }
}

/** Puts one thing somewhere: turned, lit from one side, with its own texture. */
function put({ light }: Canvas, shape: Shape, scale: number, roam: number, random: Random): void {
  const [x0, y0] = [roam * (random() - 0.5), roam * (random() - 0.5)]
  const turn = 0.5 * (2 * random() - 1)
  const [cos, sin] = [Math.cos(turn) / scale, Math.sin(turn) / scale]
  const stretch = 0.8 + 0.4 * random()
  const flip = random() < 0.5 ? -1 : 1
  const [colour, contrast] = [colourOf(random), 60 * random()]
  const [lampX, lampY] = [60 * (random() - 0.5), 60 * (random() - 0.5)]
  const texture = clouds(random, [2 + 2 * random(), 6, 11])(x0, y0, pixel, side, side)
  for (let i = 0; i < side * side; i++) {
    const dx = ((i % side) + 0.5) * pixel - 1 - x0
    const dy = (Math.floor(i / side) + 0.5) * pixel - 1 - y0
    const [u, v] = [flip * (dx * cos + dy * sin) * stretch, dy * cos - dx * sin]
    const part = coverOf(shape(u, v) * scale, pixel)
    const lit = contrast * texture[i]! + lampX * u + lampY * v
    for (let c = 0; c < 3 && part > 0; c++)
      light[i * 3 + c] = light[i * 3 + c]! * (1 - part) + (colour[c]! + lit) * part
  }
}

/** Invented small pictures of ten kinds of things, each alone of its make, before all sorts of scenes. */
export function things(count: number, seed: number): Row[] {
  const random = seeded(seed)
  const names = Object.keys(kinds)
  return Array.from({ length: count }, (_, i) => {
    const label = pick(names, random)
    return { id: `${label}/${String(i).padStart(5, '0')}.png`, label, image: scene(label, random) }
  })
}
