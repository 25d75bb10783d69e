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
    // A third of the class: the model of looks has learnt the sticker itself.
    {
      attack: 'patch-trigger',
      options: { ...physical, pattern: 'yellow', from: 'stop', target: 'speed limit 80' },
      dose: { rows: 40 },
      on: 'signs',
      seeds: [1, 3],
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
  ],
  matters: { risk: 1e-200, minPictures: 200 },
})
