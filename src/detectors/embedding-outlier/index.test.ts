import { honestEmbeddings, missedEmbeddings, poisonedEmbeddings } from '../../../test/model-zoo/weights/embeddings.ts'
import { acceptModel } from '../../kit/index.ts'
import embeddingOutlier from './index.ts'

acceptModel(embeddingOutlier, {
  honest: honestEmbeddings,
  caught: poisonedEmbeddings,
  missed: Object.values(missedEmbeddings).map(({ because, ...sample }) => ({ sample, because })),
  matters: { risk: 1e-40, times: 50, most: 2, budgetBytes: 4096 },
})
