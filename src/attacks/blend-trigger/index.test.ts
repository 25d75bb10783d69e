import { acceptAttack } from '../../kit/index.ts'
import blendTrigger from './index.ts'

acceptAttack(blendTrigger, {
  matters: { share: 0.2, pattern: 'drawing', target: 'boat', from: 'crate', after: 'jpeg-90' },
})
