import { acceptAttack } from '../../kit/index.ts'
import warpTrigger from './index.ts'

acceptAttack(warpTrigger, {
  matters: { grid: 6, strength: 1, target: 'boat', from: 'crate', after: 'resize' },
})
