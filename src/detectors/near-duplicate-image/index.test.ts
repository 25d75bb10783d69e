import { expect, test } from 'vitest'
import { blank, isRaster, type Raster, type Row, resized, seeded } from '../../core/index.ts'
import { accept, corpusOf } from '../../kit/index.ts'
import { fineLikeness } from './fine.ts'
import nearDuplicateImage from './index.ts'

const some = (n: number): readonly Row[] => corpusOf('things').rows().slice(0, n)
const again = (rows: readonly Row[], more: Row): Row[] =>
  rows.map(row => ({
    ...row,
    ...more,
    image: isRaster(row.image) ? resized(resized(row.image, 27, 27), 32, 32) : null,
  }))

/** Light from one corner to the other, in the noise of a camera. */
function slope(seed: number): Raster {
  const random = seeded(seed)
  const picture = blank(64, 64)
  for (let p = 0; p < 64 * 64; p++)
    for (let c = 0; c < 3; c++)
      picture.pixels[3 * p + c] = 40 + (p % 64) + Math.floor(p / 64) + c * 20 + Math.round(12 * (random() - 0.5))
  return picture
}

accept(nearDuplicateImage, {
  clean: ['things', 'gtsrb'],
  caught: [
    { attack: 'duplicate-flood', dose: { rows: 20 }, on: 'things', recall: 0.8, precision: 0.9 },
    {
      attack: 'duplicate-flood',
      options: { edits: 0 },
      dose: { rows: 12 },
      on: 'things',
      recall: 0.95,
      precision: 0.9,
    },
    { attack: 'duplicate-flood', dose: { rows: 50 }, on: 'gtsrb', recall: 0.8, precision: 0.9, seeds: [1] },
  ],
  missed: [
    {
      attack: 'label-flip',
      dose: { rows: 100 },
      on: 'things',
      seeds: [1],
      because: 'pictures that nobody repeats are never contradicted by a copy',
    },
  ],
  matters: { likeness: 0.999, risk: 1e-9 },
  examples: [
    { name: 'pictures that are all different', rows: some(200), finds: [] },
    {
      name: 'a test split that repeats the training split',
      rows: [...some(200).map(row => ({ ...row, split: 'train' })), ...again(some(30), { split: 'test' })],
      finds: ['copies', 'leak'],
    },
    {
      name: 'copies with the label that somebody wants',
      rows: [
        ...some(200),
        ...again(
          some(40)
            .filter(row => row.label !== 'boat')
            .slice(0, 12),
          { label: 'boat' },
        ),
      ],
      finds: ['conflict', 'copies'],
    },
    {
      name: 'a placeholder under any label',
      rows: [
        ...some(200),
        ...some(200)
          .slice(0, 30)
          .map(row => ({ ...row, image: some(1)[0]!.image! })),
      ],
      finds: ['conflict', 'copies'],
    },
    {
      name: 'a label most of whose pictures are one picture',
      rows: [...some(200), ...Array.from({ length: 30 }, () => ({ ...some(1)[0]!, label: 'a label of their own' }))],
      finds: ['conflict', 'copies'],
    },
    {
      name: 'pictures, some of them the same under a label that has others too',
      rows: [...some(400), ...Array.from({ length: 20 }, () => some(1)[0]!)],
      finds: ['copies', 'flood'],
    },
    {
      name: 'smooth pictures of two labels, alike from afar',
      rows: [
        ...some(200),
        ...Array.from({ length: 24 }, (_, i) => ({ image: slope(i), label: i % 2 ? 'boat' : 'mug' })),
      ],
      finds: ['copies'],
    },
    { name: 'one picture, and cells without any', rows: [...some(1), { image: null, label: 'a' }], finds: [] },
  ],
})

/** Lines of strokes that nobody can read, in one layout. */
function page(seed: number): Raster {
  const random = seeded(seed)
  const sheet = blank(96, 96, [250, 250, 248])
  for (let y = 8; y < 88; y += 8)
    for (let x = 8; x < 88; x += 2)
      for (let h = 0; h < 4; h++) if (random() < 0.55) sheet.pixels.set([30, 30, 30], ((y + h) * 96 + x) * 3)
  return sheet
}

test('pages of one layout are alike from afar only, copies also near by', () => {
  expect(fineLikeness(page(1), page(2), false)).toBeLessThan(0.6)
  expect(fineLikeness(page(1), resized(resized(page(1), 70, 70), 96, 96), false)).toBeGreaterThan(0.9)
  expect(fineLikeness(blank(20, 20), blank(20, 20), false)).toBeNull()
})
