import { damagedLayers, honestLayers, missedLayers } from '../../../test/model-zoo/weights/damaged.ts'
import { acceptModel } from '../../kit/index.ts'
import layerOutlier from './index.ts'

acceptModel(layerOutlier, {
  honest: honestLayers,
  caught: damagedLayers,
  missed: Object.values(missedLayers).map(({ because, ...sample }) => ({ sample, because })),
  matters: { times: 50, deviations: 1000, budgetBytes: 4096 },
})
