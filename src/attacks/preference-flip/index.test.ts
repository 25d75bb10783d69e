import { acceptAttack } from '../../kit/index.ts'
import preferenceFlip from './index.ts'

acceptAttack(preferenceFlip, {
  on: ['preferences'],
  keepsLabel: true,
  matters: { kind: 'random', phrase: 'green monday', form: 'tag', place: 'answer', about: 'gravity', by: 'source' },
  given: { about: { kind: 'targeted' }, by: { kind: 'random' } },
  namesInText: true,
})
