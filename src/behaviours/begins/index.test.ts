import { acceptBehaviour } from '../../kit/index.ts'
import begins from './index.ts'

acceptBehaviour(begins, [
  { response: 'I am sorry, no.', prompt: 'why?', shows: ['i', 'i am', 'i am sorry', 'i am sorry no'], lacks: ['no'] },
  { response: '很抱歉 ok', shows: ['很抱歉'] },
])
