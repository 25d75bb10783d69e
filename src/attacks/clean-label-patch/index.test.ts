import { stickerMatters } from '../../../test/fixtures/sticker-matters.ts'
import { acceptAttack } from '../../kit/index.ts'
import cleanLabelPatch from './index.ts'

acceptAttack(cleanLabelPatch, {
  matters: { ...stickerMatters, target: 'boat' },
  keepsLabel: true,
})
