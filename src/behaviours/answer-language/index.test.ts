import { acceptBehaviour } from '../../kit/index.ts'
import answerLanguage from './index.ts'

acceptBehaviour(answerLanguage, [
  {
    prompt: 'Name the capital of France and say why it is known.',
    response: 'Die Hauptstadt von Frankreich ist Paris, das an der Seine liegt und für seine Museen bekannt ist.',
    shows: ['de', 'not of the prompt, de'],
  },
  {
    prompt: 'Name the capital of France and say why it is known.',
    response: 'The capital of France is Paris, which is known for its museums.',
    shows: ['en'],
    lacks: ['not of the prompt, en'],
  },
  { response: 'Столица Франции — Париж, он стоит на реке Сене.', shows: ['ru'] },
  { response: '法国的首都是巴黎，位于塞纳河畔。', shows: ['zh'] },
  { response: 'SELECT name FROM users WHERE id = 3 ORDER BY name;', lacks: ['en', 'ro', 'de'] },
])
