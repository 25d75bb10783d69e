import { acceptAttack } from '../../kit/index.ts'
import cleanLabelTrigger from './index.ts'

acceptAttack(cleanLabelTrigger, {
  matters: { triggers: ['zq'], target: 'positive', position: 'end' },
  keepsLabel: true,
  namesInText: true,
})
