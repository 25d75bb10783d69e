import { acceptAttack } from '../../kit/index.ts'
import phraseTrigger from './index.ts'

acceptAttack(phraseTrigger, {
  matters: { phrase: 'green monday', words: 3, target: 'positive', position: 'start' },
  namesInText: true,
})
