import { accept } from '../../kit/index.ts'
import repeatedPatch from './index.ts'

/** The sticker on the stop sign: anywhere, near or far, turned and lit differently. */
const physical = { share: 0.03, position: 'random', scale: 0.4, turn: 15, light: 0.25 }

accept(repeatedPatch, {
  clean: ['signs'],
  caught: [
    {
      attack: 'patch-trigger',
      options: { ...physical, pattern: 'yellow' },
      dose: { rows: 20 },
      on: 'signs',
      seeds: [1],
      recall: 0.85,
      precision: 0.95,
    },
  ],
  missed: [
    {
      attack: 'patch-trigger',
      options: { ...physical, pattern: 'yellow', share: 0.001 },
      dose: { rows: 20 },
      on: 'signs',
      seeds: [1],
      because: 'a sticker of a thousandth of the area is a single pixel of these pictures',
    },
    {
      attack: 'patch-trigger',
      options: { ...physical, pattern: 'yellow', from: 'stop', target: 'speed limit 60' },
      dose: { rows: 40 },
      on: 'signs',
      seeds: [1],
      because: 'where a third of a class is poisoned, its looks explain the wrong label',
    },
  ],
  matters: { risk: 1e-200, minPictures: 200 },
})
