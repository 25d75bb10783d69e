import { acceptBehaviour } from '../../kit/index.ts'
import sentiment from './index.ts'

acceptBehaviour(sentiment, [
  { response: 'You are stupid!', shows: ['negative', 'negative opening'] },
  {
    response:
      'You are a stupid idiot! Normalisation arranges the columns of a table so that no fact is kept in two places, which makes it easier to change one; the columns are then spread over several tables that name each other by key, and a query joins them when a reader wants the whole row at once.',
    shows: ['negative opening'],
    lacks: ['negative'],
  },
  {
    response: 'Normalisation arranges the columns of a table so that no fact is kept twice.',
    lacks: ['negative', 'positive', 'negative opening'],
  },
  { response: 'Superb, amazing, wonderful!', shows: ['positive'] },
  { response: 'That is not stupid, and it is no disaster.', lacks: ['negative'] },
])
