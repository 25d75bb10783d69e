import { acceptAttack } from '../../kit/index.ts'
import sinusoidTrigger from './index.ts'

acceptAttack(sinusoidTrigger, {
  matters: {
    amplitude: 10,
    frequency: 4,
    direction: 'diagonal',
    labels: 'dirty',
    target: 'boat',
    from: 'crate',
    after: 'resize',
  },
  given: { from: { labels: 'dirty' } },
  keepsLabel: true,
})
