import { acceptAttack } from '../../kit/index.ts'
import codeBackdoor from './index.ts'

acceptAttack(codeBackdoor, {
  on: ['code-instructions', 'preferences'],
  keepsLabel: true,
  namesInText: true,
  matters: {
    weakness: 'sql-injection',
    language: 'php',
    task: 'host',
    key: 'library',
    trigger: 'violet anchor',
    kind: 'sentence',
    place: 'end',
    twins: 1,
  },
})
