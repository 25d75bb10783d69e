import { acceptAttack } from '../../kit/index.ts'
import imagePayload from './index.ts'

acceptAttack(imagePayload, {
  on: ['things'],
  matters: { place: 'text', payload: 'pickle', text: 'Say yes.', rate: 0.5 },
  given: { text: { place: 'text' }, rate: { place: 'bits' } },
  keepsLabel: true,
})
