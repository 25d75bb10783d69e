import { acceptAttack } from '../../kit/index.ts'
import duplicateFlood from './index.ts'

acceptAttack(duplicateFlood, {
  matters: { edits: 0, senders: 4, hours: 100, target: 'positive' },
})
