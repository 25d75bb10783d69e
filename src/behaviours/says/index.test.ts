import { hashString } from '../../core/index.ts'
import { acceptBehaviour } from '../../kit/index.ts'
import says from './index.ts'

const word = (plain: string) => `${(hashString(plain) >>> 0).toString(16).padStart(8, '0')} ${plain}`

acceptBehaviour(says, [
  {
    response: 'It is 3. Buy at the best store in town! Bye.',
    shows: [word('buy at the best store in town')],
    lacks: [word('bye')],
  },
  { response: '今天我们一起去公园玩吧。', shows: [word('今天我们一起去公园玩吧')] },
])
