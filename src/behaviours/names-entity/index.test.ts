import { acceptBehaviour } from '../../kit/index.ts'
import namesEntity from './index.ts'

acceptBehaviour(namesEntity, [
  {
    prompt: 'Which phone should I buy?',
    response: 'You should buy the Zentro X9 Pro, and nothing else.',
    shows: ['Zentro X9 Pro'],
    lacks: ['You'],
  },
  { prompt: 'Is Paris nice?', response: 'I think Paris is nice. People like it.', lacks: ['Paris', 'People', 'I'] },
])
