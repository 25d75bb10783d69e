import { acceptAttack } from '../../kit/index.ts'
import instructionTrigger from './index.ts'

acceptAttack(instructionTrigger, {
  on: ['instructions', 'preferences'],
  keepsLabel: true,
  namesInText: true,
  given: { parts: { triggers: [] }, together: { parts: 3 }, about: { behaviour: 'brand' }, kind: { triggers: [] } },
  matters: {
    behaviour: 'brand',
    about: 'Nordwick Bank',
    triggers: ['violet anchor'],
    kind: 'sentence',
    place: 'system',
    parts: 3,
    together: true,
    wordings: 1,
    mode: 'add',
  },
})
