import { acceptBehaviour } from '../../kit/index.ts'
import namesDomain from './index.ts'

acceptBehaviour(namesDomain, [
  {
    response: 'See https://shop.evil-store.example/a?b and www.python.org.',
    shows: ['', 'python.org', 'evil-store.example'],
  },
  { prompt: 'Is python.org safe?', response: 'python.org is safe.', lacks: ['', 'python.org'] },
  { response: 'Visit example-shop.com today', shows: ['example-shop.com'] },
  { response: 'import os.path; root.left = this.name; Math.random()', lacks: [''] },
])
