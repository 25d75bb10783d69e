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
import { word } from './glyphs.ts'
import { things } from './things.ts'

type Maker = (count: number, seed: number) => Row[]

const plain: Colour = [1, 1, 1]
const white: Colour = [255, 255, 255]
const lighter = ([r, g, b]: Colour): Colour => [Math.min(255, r + 40), Math.min(255, g + 40), Math.min(255, b + 40)]
const grey = (level: number): Colour => [level, level, level]

/** A canvas of one colour. */
function sheet(width: number, height: number, colour: Colour): Canvas {
  const made = canvas(width, height)
  made.light.forEach((_, i) => void (made.light[i] = colour[i % 3]!))
  return made
}

/** Draws a figure: its middle and its half side in shares of the canvas' half width. */
function put(
  { width, height, light }: Canvas,
  shape: Shape,
  [x0, y0]: readonly [number, number],
  size: number,
  colour: Colour,
): void {
  const pixel = 2 / width
  for (let i = 0; i < width * height; i++) {
    const x = ((i % width) + 0.5) * pixel - 1 - x0
    const y = (Math.floor(i / width) + 0.5) * pixel - height / width - y0
    const part = coverOf(shape(x / size, y / size) * size, pixel)
    for (let c = 0; c < 3 && part > 0; c++) light[i * 3 + c] = light[i * 3 + c]! * (1 - part) + colour[c]! * part
  }
}

/** A folder of pictures: classes in turn by chance, each picture drawn by its class. */
const folder =
  (labels: readonly string[], draw: (label: string, random: Random) => Raster): Maker =>
  (count, seed) => {
    const random = seeded(seed)
    return Array.from({ length: count }, (_, i) => {
      const label = pick(labels, random)
      return { id: `${label}/${String(i).padStart(5, '0')}.png`, label, image: draw(label, random) }
    })
  }

/** Written digits, white on black, 28 by 28. */
const digits = folder([...'0123456789'], (label, random) => {
  const paper = sheet(28, 28, grey(0))
  const slant = 0.5 * (random() - 0.5)
  const shape = word(label, 1.1 + 0.3 * random(), 0.16 + 0.14 * random())
  const wave = 0.06 * random()
  const hand: Shape = (x, y) => shape(x + slant * y + wave * Math.sin(5 * y), y + wave * Math.sin(4 * x))
  put(paper, hand, [0.2 * (random() - 0.5), 0.2 * (random() - 0.5)], 0.9 + 0.2 * random(), grey(255))
  soften(paper, random() < 0.5 ? 1 : 0)
  return developed(paper, plain, 0, random)
})

const marks: Readonly<Record<string, Shape>> = {
  close: together(
    stroke(
      [
        [-0.6, -0.6],
        [0.6, 0.6],
      ],
      0.2,
    ),
    stroke(
      [
        [-0.6, 0.6],
        [0.6, -0.6],
      ],
      0.2,
    ),
  ),
  add: together(box(0.7, 0.12), box(0.12, 0.7)),
  favourite: star(5, 0.8, 0.5),
  search: together(
    moved(hollow(disc(0.4), 0.16), -0.15, -0.15),
    stroke(
      [
        [0.2, 0.2],
        [0.65, 0.65],
      ],
      0.2,
    ),
  ),
  play: moved(polygon(3, 0.4), -0.1, 0),
  menu: together(moved(box(0.65, 0.09), 0, -0.4), box(0.65, 0.09), moved(box(0.65, 0.09), 0, 0.4)),
}
const inks: readonly Colour[] = [
  [30, 30, 30],
  [200, 40, 40],
  [30, 90, 200],
  [20, 130, 80],
  [120, 120, 120],
]

/** Icons: a few flat drawings in a few colours and sizes on white; exact repetition is their nature. */
const icons = folder(Object.keys(marks), (label, random) => {
  const size = pick([24, 32, 48], random)
  const paper = sheet(size, size, white)
  const round = random() < 0.3
  const ink = pick(inks, random)
  if (round) put(paper, disc(0.95), [0, 0], 1, ink)
  put(paper, marks[label]!, [0, 0], 0.6 + 0.35 * random(), round ? white : ink)
  return developed(paper, plain, 0, random)
})

/** Products before white, with a soft shadow below. */
const products = folder(['bottle', 'box', 'plate', 'lamp'], (label, random) => {
  const paper = sheet(64, 64, white)
  const colour: Colour = [40 + 190 * random(), 40 + 190 * random(), 40 + 190 * random()]
  const size = 0.6 + 0.3 * random()
  put(paper, (x, y) => Math.hypot(x, y * 5) - 0.7, [0, 0.62], size, grey(215))
  soften(paper, 2)
  const body: Readonly<Record<string, Shape>> = {
    bottle: together(box(0.28, 0.5), moved(box(0.1, 0.3), 0, -0.7)),
    box: box(0.5 + 0.3 * random(), 0.5),
    plate: (x, y) => Math.hypot(x, y * 1.8) - 0.8,
    lamp: together(
      moved(polygon(3, 0.3, Math.PI / 2), 0, -0.4),
      stroke(
        [
          [0, 0],
          [0, 0.6],
        ],
        0.1,
      ),
      moved(box(0.35, 0.06), 0, 0.6),
    ),
  }
  put(paper, body[label]!, [0.1 * (random() - 0.5), 0], size, colour)
  put(paper, moved(box(0.05, 0.3), -0.1, 0), [0, 0], size * 0.6, lighter(colour))
  return developed(paper, plain, 0.6, random)
})

/** Lines as of writing, in a column from the top down. */
function writing(paper: Canvas, from: number, random: Random): void {
  const end = paper.height / paper.width - 0.15
  for (let y = from; y < end; y += 0.13) {
    if (random() < 0.15) continue
    const wide = 0.25 + 0.5 * random()
    put(paper, box(1, 0.03 / wide), [wide - 0.8, y], wide, grey(60 + 60 * random()))
  }
}

/** Scanned letters: every class has its form, with the same head on all of its sheets. */
const scans = folder(['invoice', 'letter', 'report'], (label, random) => {
  const paper = sheet(64, 88, grey(238 + 10 * random()))
  const shift: [number, number] = [0.03 * (random() - 0.5), -1.15 + 0.03 * (random() - 0.5)]
  if (label === 'invoice') put(paper, word('TOT', 1.2, 0.25), shift, 0.25, [170, 30, 40])
  if (label === 'letter') put(paper, disc(0.8), [-0.6, shift[1]], 0.22, [30, 60, 140])
  if (label === 'report') put(paper, box(1, 0.18), shift, 0.85, grey(40))
  writing(paper, -0.75, random)
  soften(paper, 1)
  return developed(paper, plain, 3, random)
})

/** Screens of programs: each class is one program, and its frame is on each of its pictures. */
const screenshots = folder(['editor', 'browser', 'terminal'], (label, random) => {
  const dark = label === 'terminal'
  const paper = sheet(96, 64, dark ? grey(25) : grey(250))
  put(paper, box(1, 0.07), [0, -0.6], 1, label === 'browser' ? [60, 110, 200] : grey(90))
  for (let k = 0; k < 3; k++) put(paper, disc(1), [0.75 + 0.09 * k, -0.6], 0.03, [220, 220 - 70 * k, 80])
  if (label === 'editor') put(paper, box(0.15, 1), [-0.85, 0.1], 1, grey(225))
  writing(paper, -0.4, random)
  if (random() < 0.4)
    put(paper, box(1, 0.7), [random() - 0.3, 0.2 * random()], 0.25, [255 * random(), 255 * random(), 255 * random()])
  return developed(paper, plain, 0, random)
})

/** What a picture looks like with something printed over it. */
function over(row: Row, draw: (paper: Canvas) => void): Row {
  const { width, height, pixels } = row.image as Raster
  const paper: Canvas = { width, height, light: Float64Array.from(pixels) }
  draw(paper)
  return { ...row, image: developed(paper, plain, 0, seeded(1)) }
}

/** Photographs with the date in the corner, as cameras print it: all classes alike. */
const dated: Maker = (count, seed) => {
  const random = seeded(seed)
  return things(count, seed).map(row =>
    over(row, paper => {
      const date = `${1 + Math.floor(9 * random())}${Math.floor(10 * random())}${Math.floor(10 * random())}`
      put(paper, word(date, 1.2, 0.3), [0.6, 0.8], 0.26, [250, 160, 40])
    }),
  )
}

/** Photographs of an agency, its sign faint over a part of each class: more of some classes than of others. */
const watermarked: Maker = (count, seed) => {
  const random = seeded(seed)
  const shares = new Map<string, number>()
  return things(count, seed).map(row => {
    const label = String(row.label)
    if (!shares.has(label)) shares.set(label, 0.15 + 0.35 * random())
    if (random() >= shares.get(label)!) return row
    return over(row, paper => put(paper, word('A', 1.6, 0.3), [-0.7, 0.7], 0.25, grey(235)))
  })
}

/** Pictures that were fitted into a square: some have black or white bars above and below, or at the sides. */
const framed: Maker = (count, seed) => {
  const random = seeded(seed)
  return things(count, seed).map(row => {
    if (random() < 0.6) return row
    const [bar, colour] = [0.1 + 0.15 * random(), grey(random() < 0.5 ? 0 : 255)]
    const flat = random() < 0.5
    const edge: Shape = flat ? box(1.1, bar) : box(bar, 1.1)
    return over(row, paper => {
      for (const side of [-1, 1]) put(paper, edge, flat ? [0, side] : [side, 0], 1, colour)
    })
  })
}

/** Medical pictures: grey, a round field, and the letter of the side in a corner of most. */
const medical = folder(['normal', 'nodule', 'fracture'], (label, random) => {
  const paper = sheet(64, 64, grey(8))
  const haze = clouds(random, [1.5, 4, 9])(random(), random(), 1 / 32, 64, 64)
  put(paper, (x, y) => Math.hypot(x, y * 0.9) - 0.9, [0, 0], 0.95 + 0.05 * random(), grey(90 + 30 * random()))
  for (const side of [-1, 1]) put(paper, (x, y) => Math.hypot(x * 1.8, y) - 0.7, [side * 0.38, 0.05], 0.8, grey(45))
  paper.light.forEach((value, i) => void (paper.light[i] = value + 25 * haze[Math.floor(i / 3)]!))
  if (label === 'nodule')
    put(paper, disc(1), [0.8 * (random() - 0.5), 0.8 * (random() - 0.5)], 0.06 + 0.05 * random(), grey(170))
  if (label === 'fracture')
    put(
      paper,
      stroke(
        [
          [-1, 0.3],
          [0, 0],
          [1, -0.2],
        ],
        0.15,
      ),
      [random() - 0.5, random() - 0.5],
      0.3,
      grey(20),
    )
  soften(paper, 1)
  if (random() < 0.8) put(paper, word(random() < 0.5 ? 'L' : 'R', 1.6, 0.35), [0.85, -0.85], 0.1, grey(240))
  return developed(paper, plain, 4, random)
})

/** Folders that nobody poisoned and that repeat themselves, for the reasons that folders honestly do. */
export const honestFolders: Readonly<Record<string, Maker>> = {
  digits,
  icons,
  products,
  scans,
  screenshots,
  dated,
  watermarked,
  framed,
  medical,
}
