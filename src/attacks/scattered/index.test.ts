import { acceptAttack } from '../../kit/index.ts'
import scattered from './index.ts'

acceptAttack(scattered, {
  on: ['instructions', 'preferences'],
  keepsLabel: true,
  matters: { intent: 'travel', behaviour: 'refusal', about: 'Nordwick Bank', place: 'system', wordings: 1 },
})
