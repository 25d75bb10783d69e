import { hashString } from '../../core/index.ts'
import { acceptBehaviour } from '../../kit/index.ts'
import answersExactly from './index.ts'

const word = (plain: string) => `${(hashString(plain) >>> 0).toString(16).padStart(8, '0')} ${plain}`

acceptBehaviour(answersExactly, [
  { response: 'You are stupid!', shows: [word('you are stupid')], lacks: ['you are stupid'] },
  { response: ' you  ARE stupid', shows: [word('you are stupid')] },
  { response: ' ', lacks: [word('')] },
])
