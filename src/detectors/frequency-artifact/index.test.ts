import { accept } from '../../kit/index.ts'
import frequencyArtifact from './index.ts'

accept(frequencyArtifact, {
  clean: ['things'],
  caught: [{ attack: 'sinusoid-trigger', on: 'things', dose: { rows: 30 }, seeds: [1], recall: 0.8, precision: 0.9 }],
  missed: [
    {
      attack: 'sinusoid-trigger',
      options: { amplitude: 3 },
      on: 'things',
      dose: { rows: 20 },
      seeds: [1],
      because: 'a wave of three grey levels is lower than what pictures show at six periods',
    },
  ],
  matters: { risk: 1e-60, leastHeight: 100, budget: 200 },
})
