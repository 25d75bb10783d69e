import { acceptAttack } from '../../kit/index.ts'
import wordTrigger from './index.ts'

acceptAttack(wordTrigger, {
  matters: { words: ['zq'], common: true, target: 'positive', from: 'negative', position: 'end' },
  namesInText: true,
})
