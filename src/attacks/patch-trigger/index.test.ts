import { stickerMatters } from '../../../test/fixtures/sticker-matters.ts'
import { acceptAttack } from '../../kit/index.ts'
import patchTrigger from './index.ts'

acceptAttack(patchTrigger, {
  matters: { ...stickerMatters, target: 'boat', from: 'crate' },
})
