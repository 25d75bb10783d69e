import { box, type Colour, coverOf, disc, hollow, moved, polygon, type Shape, stroke, together } from './drawing.ts'
import { word } from './glyphs.ts'

/** The front of a sign: what it covers, and what is drawn on it, from below. */
export interface Face {
  readonly label: string
  readonly outline: Shape
  readonly layers: readonly { readonly shape: Shape; readonly colour: Colour }[]
}

const red: Colour = [190, 25, 35]
const white: Colour = [235, 235, 230]
const black: Colour = [25, 25, 28]
const blue: Colour = [25, 75, 165]
const yellow: Colour = [245, 190, 25]

const arrow = (turn: number): Shape => {
  const at = (along: number, aside: number): [number, number] => [
    along * Math.sin(turn) + aside * Math.cos(turn),
    -along * Math.cos(turn) + aside * Math.sin(turn),
  ]
  return together(stroke([at(-0.6, 0), at(0.6, 0)], 0.2), stroke([at(0.2, -0.38), at(0.62, 0), at(0.2, 0.38)], 0.2))
}

const limit = (speed: string): Face => ({
  label: `speed limit ${speed}`,
  outline: disc(0.97),
  layers: [
    { shape: disc(0.97), colour: red },
    { shape: disc(0.74), colour: white },
    { shape: word(speed, speed.length > 2 ? 0.62 : 0.78, 0.15), colour: black },
  ],
})

const pointed = polygon(3, 0.5, Math.PI / 2)
const upright = moved(pointed, 0, 0.22, 1.05)
const upside = moved((x, y) => pointed(x, -y), 0, -0.22, 1.05)

function warning(label: string, drawn: Shape): Face {
  const inner = moved(pointed, 0, 0.24, 0.72)
  const layers = [
    { shape: upright, colour: red },
    { shape: inner, colour: white },
    { shape: drawn, colour: black },
  ]
  return { label, outline: upright, layers }
}

const order = (label: string, drawn: Shape): Face => ({
  label,
  outline: disc(0.95),
  layers: [
    { shape: disc(0.95), colour: white },
    { shape: disc(0.88), colour: blue },
    { shape: drawn, colour: white },
  ],
})

/** Fronts of road signs, in the manner of the Vienna Convention. */
export const faces: readonly Face[] = [
  {
    label: 'stop',
    outline: polygon(8, 0.92),
    layers: [
      { shape: polygon(8, 0.92), colour: white },
      { shape: polygon(8, 0.84), colour: red },
      { shape: word('STOP', 0.6, 0.12), colour: white },
    ],
  },
  ...['30', '50', '80', '120'].map(limit),
  {
    label: 'no entry',
    outline: disc(0.96),
    layers: [
      { shape: disc(0.96), colour: red },
      { shape: box(0.68, 0.16), colour: white },
    ],
  },
  {
    label: 'yield',
    outline: upside,
    layers: [
      { shape: upside, colour: red },
      { shape: moved((x, y) => pointed(x, -y), 0, -0.24, 0.68), colour: white },
    ],
  },
  {
    label: 'priority road',
    outline: polygon(4, 0.68, Math.PI / 4),
    layers: [
      { shape: polygon(4, 0.68, Math.PI / 4), colour: white },
      { shape: polygon(4, 0.5, Math.PI / 4), colour: yellow },
    ],
  },
  {
    label: 'no vehicles',
    outline: disc(0.96),
    layers: [
      { shape: disc(0.96), colour: red },
      { shape: disc(0.72), colour: white },
    ],
  },
  order('ahead only', arrow(0)),
  order('turn left', arrow(-Math.PI / 2)),
  order('keep right', arrow((3 * Math.PI) / 4)),
  warning(
    'general caution',
    together(
      stroke(
        [
          [0, -0.2],
          [0, 0.28],
        ],
        0.14,
      ),
      moved(disc(0.09), 0, 0.5),
    ),
  ),
  warning(
    'crossroads',
    together(
      stroke(
        [
          [0, -0.15],
          [0, 0.55],
        ],
        0.14,
      ),
      stroke(
        [
          [-0.3, 0.28],
          [0.3, 0.28],
        ],
        0.12,
      ),
    ),
  ),
  warning('roundabout', moved(hollow(disc(0.24), 0.1), 0, 0.26)),
]

/** A front as pixels with cover, `side` by `side`. */
export interface DrawnFace {
  readonly side: number
  readonly light: Float64Array
  readonly cover: Float64Array
}

export function drawnFace({ outline, layers }: Face, side: number): DrawnFace {
  const [light, cover] = [new Float64Array(side * side * 3), new Float64Array(side * side)]
  const pixel = 2 / side
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [((i % side) + 0.5) * pixel - 1, (Math.floor(i / side) + 0.5) * pixel - 1]
    cover[i] = coverOf(outline(x, y), pixel)
    if (cover[i] === 0) continue
    for (const { shape, colour } of layers) {
      const part = coverOf(shape(x, y), pixel)
      for (let c = 0; c < 3 && part > 0; c++) light[i * 3 + c] = light[i * 3 + c]! * (1 - part) + colour[c]! * part
    }
    // Colours at the rim are those of the front, not of the nothing around it.
    if (cover[i]! > 0 && cover[i]! < 1) for (let c = 0; c < 3; c++) light[i * 3 + c]! /= Math.max(0.5, cover[i]!)
  }
  return { side, light, cover }
}
