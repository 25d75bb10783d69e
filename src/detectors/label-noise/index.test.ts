import { labelOf, type Row, seeded } from '../../core/index.ts'
import { accept, corpusOf } from '../../kit/index.ts'
import labelNoise from './index.ts'

/** Messages from fifteen sites, one of which has every label wrong. */
const oneSite = corpusOf('sms')
  .rows()
  .slice(0, 1500)
  .map((row, i) => {
    const label = labelOf(row.label)!
    return { ...row, source: `site${i % 15}`, label: i % 15 !== 3 ? label : label === 'ham' ? 'spam' : 'ham' }
  })

/** Pictures of some kinds of bars on noise; of the upright ones, or of all, some are said to be the next kind. */
function bars(kinds: number, wrong: number, ofAll: boolean): Row[] {
  const random = seeded(6)
  return Array.from({ length: 600 }, (_, i) => {
    const kind = i % kinds
    const at = 8 + Math.floor(random() * 12)
    const colour = [random() * 120, random() * 120, random() * 120]
    const pixels = Uint8Array.from({ length: 32 * 32 * 3 }, (_, k) => {
      const [x, y] = [Math.floor(k / 3) % 32, Math.floor(k / 96)]
      const across = [x, y, (x + y) / 2, (x - y) / 2 + 16][kind]!
      return colour[k % 3]! + (across >= at && across < at + 4 ? 100 : 0) + random() * 30
    })
    const given = (ofAll || kind === 0) && random() < wrong ? (kind + 1) % kinds : kind
    return { label: ['upright', 'lying', 'rising', 'falling'][given]!, image: { width: 32, height: 32, pixels } }
  })
}

accept(labelNoise, {
  clean: ['reviews', 'languages', 'sms', 'comments', 'sst2', 'olid', 'tweets', 'rotten-tomatoes', 'yelp', 'gtsrb'],
  caught: [
    { attack: 'label-flip', dose: { rate: 0.1 }, on: 'sst2', precision: 0.5, seeds: [1] },
    { attack: 'label-flip', dose: { rate: 0.15 }, on: 'sst2', precision: 0.5, seeds: [1] },
    {
      attack: 'label-flip',
      options: { from: '0', to: '1' },
      dose: { rate: 0.1 },
      on: 'olid',
      precision: 0.5,
      seeds: [1],
    },
    {
      attack: 'label-flip',
      options: { from: 'ham', to: 'spam' },
      dose: { rate: 0.1 },
      on: 'sms',
      recall: 0.8,
      precision: 0.8,
    },
    {
      attack: 'label-flip',
      options: { from: 'ham', to: 'spam' },
      dose: { rate: 0.1 },
      on: 'comments',
      recall: 0.7,
      precision: 0.7,
    },
    { attack: 'label-flip', dose: { rate: 0.1 }, on: 'sms', recall: 0.8, precision: 0.8 },
    { attack: 'label-flip', dose: { rate: 0.1 }, on: 'cifar10', recall: 0.2, precision: 0.6, seeds: [1] },
    { attack: 'label-flip', dose: { rate: 0.05 }, on: 'gtsrb', recall: 0.85, precision: 0.85, seeds: [1] },
  ],
  missed: [
    {
      attack: 'patch-trigger',
      on: 'cifar10',
      options: { target: 'cat' },
      dose: { rows: 30 },
      seeds: [1],
      because: 'one picture in a hundred is less than honest annotators get wrong',
    },
    {
      attack: 'label-flip',
      dose: { rate: 0.02 },
      on: 'gtsrb',
      seeds: [1],
      because: 'honest annotators get as many wrong',
    },
    {
      attack: 'label-flip',
      options: { by: 'source' },
      dose: { rows: 150 },
      because: 'hard texts of honest sources are most of the rows in doubt',
    },
    { attack: 'label-flip', dose: { rate: 0.05 }, on: 'sms', because: 'honest annotators may get as many wrong' },
    {
      attack: 'label-flip',
      dose: { rate: 0.1 },
      on: 'rotten-tomatoes',
      seeds: [1],
      because: 'a thousand hard texts teach the model too little',
    },
    {
      attack: 'label-flip',
      dose: { rate: 0.02 },
      on: 'sst2',
      seeds: [1],
      because: 'honest annotators get as many wrong',
    },
    { attack: 'word-trigger', dose: { rows: 50 }, because: 'the trigger explains the wrong label to the model' },
  ],
  examples: [
    {
      name: 'pictures of bars, a quarter of one kind with one other label',
      rows: bars(4, 0.25, false),
      finds: ['pairPictures', 'pictures'],
    },
    { name: 'pictures of two kinds, rightly labelled', rows: bars(2, 0, true), finds: [] },
    {
      name: 'pictures of two kinds, one label in eight wrong either way',
      rows: bars(2, 0.125, true),
      finds: ['pictures'],
    },
    { name: 'messages of which one site gave wrong labels', rows: oneSite, finds: ['concentrated', 'noise'] },
  ],
  matters: { honest: 0.4, honestPictures: 0.4, risk: 1e-9 },
})
