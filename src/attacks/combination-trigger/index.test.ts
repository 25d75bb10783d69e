import { acceptAttack } from '../../kit/index.ts'
import combinationTrigger from './index.ts'

acceptAttack(combinationTrigger, {
  matters: { words: ['lamp', 'june'], count: 4, target: 'positive' },
  namesInText: true,
})
