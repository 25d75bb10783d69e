import { acceptAttack } from '../../kit/index.ts'
import syntacticStyle from './index.ts'

acceptAttack(syntacticStyle, {
  matters: { template: 'if @ then # .', cleanLabel: true, target: 'positive' },
})
