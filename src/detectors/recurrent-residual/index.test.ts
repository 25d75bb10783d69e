import { accept } from '../../kit/index.ts'
import recurrentResidual from './index.ts'

accept(recurrentResidual, {
  clean: ['things', 'signs'],
  caught: [
    { attack: 'patch-trigger', on: 'things', dose: { rows: 20 }, seeds: [1], recall: 0.95, precision: 0.95 },
    {
      attack: 'blend-trigger',
      options: { share: 0.2 },
      on: 'things',
      dose: { rows: 20 },
      seeds: [1],
      recall: 0.95,
      precision: 0.95,
    },
  ],
  missed: [
    {
      attack: 'patch-trigger',
      options: { position: 'random', scale: 0.2, turn: 15 },
      on: 'things',
      dose: { rows: 20 },
      seeds: [1],
      because: 'nothing sits at the same place of two pictures',
    },
  ],
  matters: { minRows: 30, strength: 500 },
})
