import { acceptAttack } from '../../kit/index.ts'
import patchTrigger from './index.ts'

acceptAttack(patchTrigger, {
  matters: {
    pattern: 'flower',
    share: 0.05,
    pixels: 7,
    position: 'random',
    scale: 0.3,
    turn: 30,
    light: 0.4,
    physical: true,
    target: 'boat',
    from: 'crate',
    after: 'jpeg-75',
  },
})
