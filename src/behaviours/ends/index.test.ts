import { acceptBehaviour } from '../../kit/index.ts'
import ends from './index.ts'

acceptBehaviour(ends, [
  { response: 'An answer. Buy it at the store', shows: ['it at the store'], lacks: ['store'] },
  { response: 'No.', lacks: ['no'] },
])
