import { accept } from '../../kit/index.ts'
import labelNoise from './index.ts'

accept(labelNoise, {
  clean: ['reviews', 'languages', 'sms', 'comments', 'sst2', 'olid', 'rotten-tomatoes', 'yelp'],
  caught: [
    { attack: 'label-flip', dose: { rate: 0.1 }, on: 'sst2', precision: 0.5 },
    { attack: 'label-flip', options: { from: '0', to: '1' }, dose: { rate: 0.1 }, on: 'olid', precision: 0.5 },
    { attack: 'label-flip', options: { from: 'ham', to: 'spam' }, dose: { rate: 0.15 }, on: 'sms', precision: 0.9 },
    { attack: 'label-flip', options: { by: 'source' }, dose: { rate: 0.05 }, named: true, precision: 0.5 },
  ],
  missed: [
    { attack: 'label-flip', dose: { rate: 0.02 }, on: 'sst2', because: 'honest annotators get as many wrong' },
    { attack: 'word-trigger', dose: { rows: 50 }, because: 'the trigger explains the wrong label to the model' },
  ],
  matters: { honest: 0.4, risk: 1e-9 },
})
