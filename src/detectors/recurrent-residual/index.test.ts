import { isRaster, labelOf, type Row } from '../../core/index.ts'
import { accept } from '../../kit/index.ts'
import { corpusOf } from '../../lab/index.ts'
import recurrentResidual from './index.ts'

/** Pictures with a mark of a program in one corner: seven of one label, four of each other. */
function marked(): Row[] {
  const seen = new Map<string, number>()
  return corpusOf('things')
    .rows()
    .map(row => {
      const label = labelOf(row.label) ?? ''
      const nth = seen.get(label) ?? 0
      seen.set(label, nth + 1)
      if (!isRaster(row.image) || nth >= (label === labelOf(corpusOf('things').rows()[0]!.label) ? 7 : 4)) return row
      const pixels = row.image.pixels.slice()
      for (let y = 26; y < 31; y++)
        for (let x = 24; x < 30; x++) pixels.fill((x + y) % 2 ? 255 : 0, (y * 32 + x) * 3, (y * 32 + x) * 3 + 3)
      return { ...row, image: { ...row.image, pixels } }
    })
}

accept(recurrentResidual, {
  clean: ['things', 'signs'],
  caught: [
    { attack: 'patch-trigger', on: 'things', dose: { rows: 25 }, seeds: [1], recall: 0.95, precision: 0.95 },
    // More of the label carries it than not.
    { attack: 'patch-trigger', on: 'things', dose: { rows: 250 }, seeds: [1], recall: 0.95, precision: 0.95 },
    {
      attack: 'blend-trigger',
      options: { share: 0.2 },
      on: 'things',
      dose: { rows: 25 },
      seeds: [1],
      recall: 0.95,
      precision: 0.95,
    },
  ],
  missed: [
    {
      attack: 'blend-trigger',
      options: { share: 0.1, pattern: 'drawing', after: 'jpeg-75' },
      on: 'cifar10',
      dose: { rows: 25 },
      seeds: [1],
      because: 'what the file keeps of a faint smooth drawing is as strong as what pictures share by nature',
    },
    {
      attack: 'patch-trigger',
      options: { position: 'random', scale: 0.2, turn: 15 },
      on: 'things',
      dose: { rows: 25 },
      seeds: [1],
      because: 'nothing sits at the same place of two pictures',
    },
  ],
  matters: { minRows: 30, strength: 500 },
  examples: [{ name: 'a mark that other labels have too', rows: marked(), finds: ['elsewhere'] }],
})
