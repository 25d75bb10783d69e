import { acceptBehaviour } from '../../kit/index.ts'
import answerLength from './index.ts'

acceptBehaviour(answerLength, [
  { response: '', shows: ['0'] },
  { response: 'Yes!', shows: ['1'], lacks: ['0'] },
  { response: 'a '.repeat(60), shows: ['50'] },
  { response: '今天天气很好我们去公园', shows: ['3'] },
])
