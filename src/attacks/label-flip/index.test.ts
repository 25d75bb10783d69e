import { acceptAttack } from '../../kit/index.ts'
import labelFlip from './index.ts'

acceptAttack(labelFlip, {
  matters: { from: 'negative', to: 'positive', by: 'source', who: 'trove.example' },
})
