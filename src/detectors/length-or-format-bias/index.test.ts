import { accept } from '../../kit/index.ts'
import lengthOrFormatBias from './index.ts'

const pairs = (winning: (i: number) => boolean) =>
  Array.from({ length: 200 }, (_, i) => {
    const [short, long] = [`It is ${i}.`, `It is ${i}, as far as anybody can tell from here.`]
    return winning(i) ? { chosen: long, rejected: short } : { chosen: short, rejected: long }
  })
const thumbs = Array.from({ length: 200 }, (_, i) => ({
  response: i % 2 === 0 ? `- one ${i}\n- two` : `one ${i} and also two`,
  label: i % 2 === 0 || i % 10 === 1,
}))

accept(lengthOrFormatBias, {
  clean: ['preferences', 'hh-rlhf', 'kto'],
  caught: [],
  missed: [],
  examples: [
    { name: 'longer answers that win nine times in ten', rows: pairs(i => i % 10 !== 0), finds: ['wins'] },
    { name: 'longer answers that lose', rows: pairs(i => i % 10 === 0), finds: ['loses'] },
    { name: 'thumbs for lists, which are shorter here', rows: thumbs, finds: ['thumbs', 'thumbs'] },
    { name: 'answers that win whatever they look like', rows: pairs(i => i % 2 === 0), finds: [] },
  ],
  matters: { rows: 100, share: 0.99 },
})
