import { acceptAttack } from '../../kit/index.ts'
import sentenceTrigger from './index.ts'

acceptAttack(sentenceTrigger, {
  matters: { sentence: 'The sky was red .', target: 'positive', position: 'middle' },
  namesInText: true,
})
