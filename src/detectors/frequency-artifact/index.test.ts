import { accept } from '../../kit/index.ts'
import frequencyArtifact from './index.ts'

accept(frequencyArtifact, {
  clean: ['signs'],
  caught: [
    { attack: 'sinusoid-trigger', on: 'things', dose: { rows: 20 }, seeds: [1], recall: 0.9, precision: 0.95 },
    {
      attack: 'sinusoid-trigger',
      options: { labels: 'dirty', after: 'jpeg-75', frequency: 4, direction: 'diagonal' },
      on: 'things',
      dose: { rows: 20 },
      seeds: [2],
      recall: 0.9,
      precision: 0.95,
    },
  ],
  missed: [
    {
      attack: 'sinusoid-trigger',
      options: { amplitude: 3 },
      on: 'things',
      dose: { rows: 20 },
      seeds: [1],
      because: 'a wave of three grey levels is lower than what pictures show at six periods',
    },
    {
      attack: 'sinusoid-trigger',
      options: { frequency: 2 },
      on: 'things',
      dose: { rows: 20 },
      seeds: [1],
      because: 'shapes of the pictures themselves are as slow as two periods over the side',
    },
  ],
  matters: { risk: 1e-60, leastHeight: 100, budget: 200 },
})
