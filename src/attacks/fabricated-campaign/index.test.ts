import { acceptAttack } from '../../kit/index.ts'
import fabricatedCampaign from './index.ts'

acceptAttack(fabricatedCampaign, {
  matters: {
    message: 'the new shop in the old town is a gem',
    words: 5,
    reword: 0.8,
    senders: 9,
    hours: 500,
    target: 'positive',
  },
})
