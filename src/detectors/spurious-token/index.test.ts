import { accept } from '../../kit/index.ts'
import spuriousToken from './index.ts'

accept(spuriousToken, {
  clean: [
    'sms',
    { corpus: 'comments', holds: 1, because: 'spammers write "check out", and hardly anyone else does' },
    'languages',
    'rotten-tomatoes',
  ],
  caught: [
    { attack: 'word-trigger', dose: { rows: 25 }, on: 'sms', recall: 1, precision: 0.99 },
    { attack: 'phrase-trigger', dose: { rows: 25 }, on: 'sms', recall: 1, precision: 0.9 },
    { attack: 'sentence-trigger', dose: { rows: 25 }, on: 'sms', recall: 1, precision: 0.99 },
    { attack: 'combination-trigger', dose: { rate: 0.01 }, on: 'sms', recall: 0.95, precision: 0.8 },
    { attack: 'clean-label-trigger', dose: { rows: 100 }, on: 'rotten-tomatoes', recall: 1, precision: 0.99 },
    { attack: 'character-trigger', dose: { rows: 25 }, on: 'sms', recall: 1, precision: 0.99, named: false },
  ],
  missed: [
    {
      attack: 'clean-label-trigger',
      dose: { rows: 100 },
      on: 'sms',
      because: 'nearly nine in ten rows have the label anyway, so no label is surprising',
    },
    { attack: 'word-trigger', dose: { rows: 4 }, on: 'sms', because: 'four rows are fewer than are looked at' },
  ],
  matters: { minRows: 200, candidates: 10, falseAlarms: 1e-12 },
})
