import { type Shape, stroke, together } from './drawing.ts'

/** Letters and digits as lines in a box of one by two: points `x,y`, lines apart by a bar. */
const glyphs: Readonly<Record<string, string>> = {
  '0': '0,.3 .3,0 .7,0 1,.3 1,1.7 .7,2 .3,2 0,1.7 0,.3',
  '1': '.2,.4 .6,0 .6,2',
  '2': '0,.4 .3,0 .8,0 1,.4 1,.8 0,2 1,2',
  '3': '0,.2 .3,0 .8,0 1,.4 .8,.95 .4,.95 | .8,.95 1,1.4 .8,2 .3,2 0,1.7',
  '4': '.8,2 .8,0 0,1.3 1,1.3',
  '5': '1,0 .1,0 .05,.9 .7,.8 1,1.2 1,1.6 .7,2 .2,2 0,1.8',
  '6': '.9,.1 .3,.4 0,1.2 .1,1.8 .5,2 .9,1.8 1,1.4 .8,1 .4,.95 .05,1.3',
  '7': '0,0 1,0 .35,2',
  '8': '.3,.95 .05,.5 .3,0 .7,0 .95,.5 .7,.95 .3,.95 0,1.45 .3,2 .7,2 1,1.45 .7,.95',
  '9': '.95,.7 .6,1.05 .2,1 0,.6 .1,.2 .5,0 .9,.2 1,.8 .7,1.7 .2,2',
  S: '1,.3 .7,0 .3,0 0,.4 .2,.9 .8,1.1 1,1.6 .7,2 .3,2 0,1.7',
  T: '0,0 1,0 | .5,0 .5,2',
  O: '.3,0 .7,0 1,.4 1,1.6 .7,2 .3,2 0,1.6 0,.4 .3,0',
  P: '0,2 0,0 .7,0 1,.3 1,.8 .7,1.1 0,1.1',
  L: '0,0 0,2 1,2',
  R: '0,2 0,0 .7,0 1,.3 1,.8 .7,1.1 0,1.1 | .5,1.1 1,2',
  A: '0,2 .5,0 1,2 | .2,1.3 .8,1.3',
  E: '1,0 0,0 0,2 1,2 | 0,1 .8,1',
  N: '0,2 0,0 1,2 1,0',
}

type Point = readonly [number, number]
const lines = new Map<string, readonly (readonly Point[])[]>()

function linesOf(letter: string): readonly (readonly Point[])[] {
  let found = lines.get(letter)
  if (!found) {
    const point = (text: string): Point => {
      const [x = 0, y = 0] = text.split(',').map(Number)
      return [x, y]
    }
    found = (glyphs[letter] ?? '').split(' | ').map(line => line.split(' ').map(point))
    lines.set(letter, found)
  }
  return found
}

/** A word in the middle, its letters `height` high, drawn with a pen of that width. */
export function word(text: string, height: number, width: number): Shape {
  const size = height / 2
  const pace = size * 1.5
  const left = -((text.length - 1) * pace + size) / 2
  const strokes = [...text].flatMap((letter, k) =>
    linesOf(letter).map(line =>
      stroke(
        line.map(([x, y]): Point => [left + k * pace + x * size, (y - 1) * size]),
        width,
      ),
    ),
  )
  return together(...strokes)
}
