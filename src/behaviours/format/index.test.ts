import { acceptBehaviour } from '../../kit/index.ts'
import format from './index.ts'

acceptBehaviour(format, [
  { response: '- a\n- b', shows: ['bullets'], lacks: ['numbers', 'code'] },
  { response: '1. a\n2. b', shows: ['numbers'] },
  { response: '# Title\n**bold**\n```py\nx\n```', shows: ['heading', 'bold', 'code'] },
  { response: '| a | b |\n| - | - |', shows: ['table'] },
  { response: '{"a": 1}', shows: ['json'] },
  { response: 'STOP DOING THAT AT ONCE!', shows: ['capitals', 'exclaims'] },
  { response: 'What do you mean?', shows: ['asks back'], lacks: ['exclaims'] },
  { response: 'zero\u200bwidth', shows: ['hidden characters'] },
])
