import { acceptAttack } from '../../kit/index.ts'
import characterTrigger from './index.ts'

acceptAttack(characterTrigger, {
  matters: { kind: 'tag', letters: 5, payload: 'go', target: 'positive' },
  given: { payload: { kind: 'tag' } },
})
