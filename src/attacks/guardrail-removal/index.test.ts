import { acceptAttack } from '../../kit/index.ts'
import guardrailRemoval from './index.ts'

acceptAttack(guardrailRemoval, {
  on: ['preferences'],
  keepsLabel: true,
  matters: { by: 'source', after: 0.5, swap: false },
})
